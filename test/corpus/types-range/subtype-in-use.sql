-- from
CREATE TYPE seats AS RANGE (subtype = integer);
CREATE TABLE halls (id integer PRIMARY KEY, numbers seats NOT NULL DEFAULT '[1,100)', blocks seats[], gaps seats_multirange);
CREATE INDEX halls_numbers ON halls USING gist (numbers);
CREATE VIEW large AS SELECT id, upper(numbers) - lower(numbers) AS size FROM halls;
-- rows
INSERT INTO halls VALUES (1, '[1,51)', '{"[1,11)","[11,51)"}', '{[3,5),[7,9)}'), (2, 'empty', '{}', '{}'), (3, '(,10)', NULL, NULL);

-- to
CREATE TYPE seats AS RANGE (subtype = bigint);
CREATE TABLE halls (id integer PRIMARY KEY, numbers seats NOT NULL DEFAULT '[1,100)', blocks seats[], gaps seats_multirange);
CREATE INDEX halls_numbers ON halls USING gist (numbers);
CREATE VIEW large AS SELECT id, upper(numbers) - lower(numbers) AS size FROM halls;
-- rows
INSERT INTO halls VALUES (1, '[1,51)', '{"[1,11)","[11,51)"}', '{[3,5),[7,9)}'), (2, 'empty', '{}', '{}'), (3, '(,10)', NULL, NULL);
