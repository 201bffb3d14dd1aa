-- engines: sqlite
-- renames: t.a:t.label
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> 'x'), b TEXT GENERATED ALWAYS AS (a || '!') VIRTUAL, CHECK (length(a) < 100));
CREATE INDEX t_a ON t (a) WHERE a IS NOT NULL;
CREATE VIEW v AS SELECT id, a FROM t WHERE a > '';
CREATE TRIGGER tr AFTER UPDATE OF a ON t WHEN NEW.a <> OLD.a BEGIN DELETE FROM t WHERE a = NEW.a AND id < 0; END;
-- rows
INSERT INTO t (id, a) VALUES (1, 'y'), (2, 'z');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, label TEXT CHECK (label <> 'x'), b TEXT GENERATED ALWAYS AS (label || '!') VIRTUAL, CHECK (length(label) < 100));
CREATE INDEX t_a ON t (label) WHERE label IS NOT NULL;
CREATE VIEW v AS SELECT id, label FROM t WHERE label > '';
CREATE TRIGGER tr AFTER UPDATE OF label ON t WHEN NEW.label <> OLD.label BEGIN DELETE FROM t WHERE label = NEW.label AND id < 0; END;
-- rows
INSERT INTO t (id, label) VALUES (1, 'y');
