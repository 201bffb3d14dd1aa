-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE FUNCTION best(mood, mood) RETURNS mood IMMUTABLE LANGUAGE sql AS 'SELECT greatest($1, $2)';
CREATE AGGREGATE best_of(mood) (SFUNC = best, STYPE = mood, INITCOND = 'sad');
CREATE TABLE days (day date PRIMARY KEY, mood mood NOT NULL);
CREATE VIEW best_mood AS SELECT best_of(mood) AS mood FROM days;
-- rows
INSERT INTO days VALUES ('2024-01-01', 'ok'), ('2024-01-02', 'happy');

-- to
CREATE TYPE mood AS ENUM ('happy', 'ok', 'sad');
CREATE FUNCTION best(mood, mood) RETURNS mood IMMUTABLE LANGUAGE sql AS 'SELECT least($1, $2)';
CREATE AGGREGATE best_of(mood) (SFUNC = best, STYPE = mood, INITCOND = 'sad');
CREATE TABLE days (day date PRIMARY KEY, mood mood NOT NULL);
CREATE VIEW best_mood AS SELECT best_of(mood) AS mood FROM days;
-- rows
INSERT INTO days VALUES ('2024-01-01', 'ok'), ('2024-01-02', 'happy');
