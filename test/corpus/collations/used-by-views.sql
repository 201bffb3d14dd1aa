-- from
CREATE SCHEMA "Orders";
CREATE COLLATION "Orders"."By Name" (provider = icu, locale = 'fr');
CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW sorted AS SELECT id, n COLLATE "Orders"."By Name" AS n FROM t;
CREATE FUNCTION first_name() RETURNS text STABLE LANGUAGE sql AS 'SELECT min(n COLLATE "Orders"."By Name") FROM t';
CREATE TABLE checked (n text, CONSTRAINT early CHECK (n < 'm' COLLATE "Orders"."By Name"));
-- rows
INSERT INTO t VALUES (1, 'é');
INSERT INTO checked VALUES ('a');

-- to
CREATE SCHEMA "Orders";
CREATE COLLATION "Orders"."By Name" (provider = icu, locale = 'fr-CA');
CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW sorted AS SELECT id, n COLLATE "Orders"."By Name" AS n FROM t;
CREATE FUNCTION first_name() RETURNS text STABLE LANGUAGE sql AS 'SELECT min(n COLLATE "Orders"."By Name") FROM t';
CREATE TABLE checked (n text, CONSTRAINT early CHECK (n < 'm' COLLATE "Orders"."By Name"));
-- rows
INSERT INTO t VALUES (1, 'é');
INSERT INTO checked VALUES ('a');
