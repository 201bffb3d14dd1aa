-- from
CREATE TABLE t (id integer NOT NULL, n text);
CREATE UNIQUE INDEX by_id ON t (id);
ALTER TABLE t REPLICA IDENTITY USING INDEX by_id;
CREATE PUBLICATION outbox FOR TABLE t;
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer NOT NULL, n text);
ALTER TABLE t REPLICA IDENTITY FULL;
CREATE PUBLICATION outbox FOR TABLE t WITH (publish = 'insert, update');
