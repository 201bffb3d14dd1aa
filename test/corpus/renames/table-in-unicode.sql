-- renames: größe:maße, größe.länge:maße.breite
-- from
CREATE TABLE größe (id integer PRIMARY KEY, länge numeric);
-- rows
INSERT INTO größe VALUES (1, 2.5);
-- to
CREATE TABLE maße (id integer PRIMARY KEY, breite numeric);
