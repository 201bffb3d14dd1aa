-- from
CREATE TYPE words AS RANGE (subtype = text);
CREATE TABLE volumes (id integer PRIMARY KEY, words words);
-- rows
INSERT INTO volumes VALUES (1, '[aardvark,beetle]'), (2, NULL);

-- to
CREATE TYPE words AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");
CREATE TABLE volumes (id integer PRIMARY KEY, words words);
-- rows
INSERT INTO volumes VALUES (1, '[aardvark,beetle]'), (2, NULL);
