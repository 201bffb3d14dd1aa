-- roles: app
-- from
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS pairs ON a, b FROM t;
CREATE COLLATION german (provider = icu, locale = 'de');
CREATE PUBLICATION feed;
-- to
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS pairs ON a, b FROM t;
CREATE COLLATION german (provider = icu, locale = 'de');
CREATE PUBLICATION feed;
ALTER STATISTICS pairs OWNER TO app;
ALTER COLLATION german OWNER TO app;
ALTER PUBLICATION feed OWNER TO app;
