-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW grows AS SELECT id, a FROM t;
CREATE VIEW on_grows AS SELECT a FROM grows;
CREATE VIEW shrinks AS SELECT id, a, b FROM t;
CREATE VIEW retyped AS SELECT id::text AS id FROM t;
CREATE VIEW collated AS SELECT id, a FROM t;
CREATE VIEW renamed AS SELECT id, a AS old FROM t;
-- rows
INSERT INTO t VALUES (1, 'a', 'b');

-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW grows AS SELECT id, a, b FROM t;
CREATE VIEW on_grows AS SELECT a FROM grows;
CREATE VIEW shrinks AS SELECT id, b FROM t;
CREATE VIEW retyped AS SELECT id FROM t;
CREATE VIEW collated AS SELECT id, a COLLATE "C" AS a FROM t;
CREATE VIEW renamed AS SELECT id, a AS new FROM t;
-- rows
INSERT INTO t VALUES (1, 'a', 'b');
