-- from
CREATE TABLE one (id integer NOT NULL, kind text NOT NULL, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE two (id integer NOT NULL, kind text NOT NULL, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE INDEX one_kind ON one (kind); CREATE INDEX two_kind ON two (kind);
CREATE TABLE part PARTITION OF one FOR VALUES IN ('a');
-- rows
INSERT INTO one VALUES (1, 'a'), (2, 'a');
-- to
CREATE TABLE one (id integer NOT NULL, kind text NOT NULL, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE two (id integer NOT NULL, kind text NOT NULL, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE INDEX one_kind ON one (kind); CREATE INDEX two_kind ON two (kind);
CREATE TABLE part PARTITION OF two FOR VALUES IN ('a');
-- rows
INSERT INTO two VALUES (1, 'a');
