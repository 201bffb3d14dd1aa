-- engines: sqlite
-- from
CREATE TABLE t (state TEXT CHECK (state IN ('new', 'done')));
-- rows
INSERT INTO t VALUES ('new'), ('done');
-- to
CREATE TABLE t (state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'it''s (done),', 'done')));
-- rows
INSERT INTO t VALUES ('new');
