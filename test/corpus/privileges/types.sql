-- roles: app
-- from
CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE TYPE pair AS (a integer, b integer);
REVOKE USAGE ON TYPE pair FROM PUBLIC;
-- to
CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE TYPE pair AS (a integer, b integer);
REVOKE USAGE ON TYPE span FROM PUBLIC;
GRANT USAGE ON TYPE span TO app;
REVOKE USAGE ON DOMAIN short FROM PUBLIC;
ALTER DOMAIN short OWNER TO app;
