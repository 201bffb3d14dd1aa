-- from
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (a_id integer REFERENCES a (id), f boolean, g text);
CREATE VIEW v AS SELECT a.id, b.g FROM a JOIN b ON b.a_id = a.id;

-- to
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (a_id bigint REFERENCES a (id), f text, g varchar(20));
CREATE VIEW v AS SELECT a.id, b.g FROM a JOIN b ON b.a_id = a.id;
