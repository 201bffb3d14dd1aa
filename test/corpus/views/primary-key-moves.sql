-- from
CREATE TABLE items (id integer NOT NULL, code text NOT NULL, name text, PRIMARY KEY (id));
CREATE VIEW named AS SELECT id, code, name FROM items GROUP BY id;
CREATE MATERIALIZED VIEW stored AS SELECT id, upper(name) AS name FROM items GROUP BY id;
CREATE UNIQUE INDEX stored_id ON stored (id);
-- rows
INSERT INTO items VALUES (1, 'a', 'One');

-- to
CREATE TABLE items (id integer NOT NULL, code text NOT NULL, name text, PRIMARY KEY (code));
CREATE VIEW named AS SELECT id, code, name FROM items GROUP BY code;
CREATE MATERIALIZED VIEW stored AS SELECT code, upper(name) AS name FROM items GROUP BY code;
CREATE UNIQUE INDEX stored_code ON stored (code);
-- rows
INSERT INTO items VALUES (1, 'a', 'One');
