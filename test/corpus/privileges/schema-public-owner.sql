-- roles: app
-- from
GRANT CREATE ON SCHEMA public TO app;
-- to
ALTER SCHEMA public OWNER TO app;
