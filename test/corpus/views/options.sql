-- majors: 15+
-- from
CREATE TABLE t (id integer PRIMARY KEY, owner text, visible boolean);
CREATE VIEW a AS SELECT id, owner FROM t WHERE visible;
CREATE VIEW b WITH (security_barrier = true, security_invoker = true) AS SELECT id FROM t WHERE visible;
CREATE VIEW c AS SELECT id, owner FROM t WHERE visible WITH LOCAL CHECK OPTION;
CREATE VIEW d WITH (security_invoker = true) AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 'ann', true);

-- to
CREATE TABLE t (id bigint PRIMARY KEY, owner text, visible boolean);
CREATE VIEW a WITH (security_invoker = true) AS SELECT id, owner FROM t WHERE visible WITH CASCADED CHECK OPTION;
CREATE VIEW b WITH (security_barrier = false) AS SELECT id FROM t WHERE visible;
CREATE VIEW c AS SELECT id, owner FROM t WHERE visible;
CREATE VIEW d WITH (security_invoker = true) AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 'ann', true);
