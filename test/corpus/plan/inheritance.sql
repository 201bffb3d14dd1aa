-- from
CREATE TABLE base (id integer, name text);
CREATE TABLE child (extra integer) INHERITS (base);

-- to
CREATE TABLE base (id bigint, name text, CHECK (id > 0), added integer DEFAULT 3);
CREATE TABLE child (extra integer) INHERITS (base);
CREATE TABLE second () INHERITS (base);
