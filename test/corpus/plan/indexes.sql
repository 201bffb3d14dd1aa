-- majors: 15+
-- from
CREATE TABLE t (a integer, b text, c tsvector);
CREATE INDEX one ON t (a);
CREATE UNIQUE INDEX two ON t (a, b);
CREATE INDEX renamed ON t (b);

-- to
CREATE TABLE t (a integer, b text, c tsvector);
CREATE INDEX one ON t (a DESC NULLS LAST) INCLUDE (b);
CREATE UNIQUE INDEX two ON t (lower(b) text_pattern_ops, a) NULLS NOT DISTINCT WHERE a > 3;
CREATE INDEX three ON t USING gin (c) WITH (fastupdate = off);
CREATE INDEX four ON t USING hash (a);
CREATE INDEX "Renamed Index" ON t (b);
COMMENT ON INDEX three IS 'for the search';
ALTER TABLE t CLUSTER ON one;
ALTER TABLE t REPLICA IDENTITY FULL;
