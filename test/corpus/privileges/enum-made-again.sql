-- roles: app, reader
-- from
CREATE TYPE state AS ENUM ('a', 'b', 'c');
CREATE TABLE t (state state);
ALTER TYPE state OWNER TO app;
REVOKE USAGE ON TYPE state FROM PUBLIC;
GRANT USAGE ON TYPE state TO reader;
-- to
CREATE TYPE state AS ENUM ('c', 'a');
CREATE TABLE t (state state);
ALTER TYPE state OWNER TO app;
REVOKE USAGE ON TYPE state FROM PUBLIC;
GRANT USAGE ON TYPE state TO reader;
