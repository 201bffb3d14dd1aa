-- from
CREATE FUNCTION time_difference(a time, b time) RETURNS double precision IMMUTABLE LANGUAGE sql AS 'SELECT EXTRACT(EPOCH FROM (a - b))::double precision';
CREATE TYPE hours AS RANGE (subtype = time, subtype_diff = time_difference);
CREATE TABLE shops (id integer PRIMARY KEY, opened hours);
CREATE INDEX shops_opened ON shops USING gist (opened);
-- rows
INSERT INTO shops VALUES (1, '[09:00,18:30)');

-- to
CREATE SCHEMA calendar;
CREATE FUNCTION calendar.seconds(a time, b time) RETURNS double precision IMMUTABLE LANGUAGE sql AS 'SELECT EXTRACT(EPOCH FROM (a - b))::double precision';
CREATE TYPE hours AS RANGE (subtype = time, subtype_diff = calendar.seconds);
CREATE TABLE shops (id integer PRIMARY KEY, opened hours);
CREATE INDEX shops_opened ON shops USING gist (opened);
-- rows
INSERT INTO shops VALUES (1, '[09:00,18:30)');
