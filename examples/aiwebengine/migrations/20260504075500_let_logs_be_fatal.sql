-- keelson
-- id: 5492587fa1c8
-- parents: 0fec764e119b
-- message: let logs be fatal
-- created: 2026-05-04T07:55:00Z
-- proof: up and down, PostgreSQL 18, sha256 0c555084a2ecac8d

-- keelson:up
ALTER TYPE public.log_level ADD VALUE 'fatal';

-- keelson:down
ALTER TABLE public.logs ALTER COLUMN level DROP DEFAULT;

-- Destroys data: fatal of enum public.log_level; rows that use it stop the revision
ALTER TYPE public.log_level RENAME TO "log_level_replaced";

CREATE TYPE public.log_level AS ENUM ('debug', 'info', 'warn', 'error');

ALTER TABLE public.logs ALTER COLUMN level TYPE public.log_level USING level::text::public.log_level;

ALTER TABLE public.logs ALTER COLUMN level SET DEFAULT 'info'::public.log_level;

DROP TYPE public."log_level_replaced";
