-- renames: log:old_log, old_log:log
-- from
CREATE TABLE old_log (id integer PRIMARY KEY, at date, note text);
CREATE TABLE log (id integer PRIMARY KEY, line text NOT NULL);
CREATE VIEW lines AS SELECT id, line FROM log;
-- rows
INSERT INTO old_log VALUES (1, '2020-01-01', 'x'); INSERT INTO log VALUES (7, 'y'), (8, 'z');
-- to
CREATE TABLE log (id integer, at date, note text, CONSTRAINT log_pkey PRIMARY KEY (id));
CREATE TABLE old_log (id integer, line text NOT NULL, CONSTRAINT old_log_pkey PRIMARY KEY (id));
CREATE VIEW lines AS SELECT id, line FROM old_log;
-- rows
INSERT INTO log VALUES (2, '2021-01-01', 'x'); INSERT INTO old_log VALUES (9, 'y');
