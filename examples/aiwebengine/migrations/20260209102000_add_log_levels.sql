-- keelson
-- id: c2e78d413399
-- parents: 20241024000005
-- message: add log levels
-- created: 2026-02-09T10:20:00Z
-- labels: levels
-- proof: up and down, PostgreSQL 18, sha256 79f6423a8f1bc4f0

-- keelson:up
CREATE TYPE public.log_level AS ENUM ('debug', 'info', 'warn', 'error');

ALTER TABLE public.logs ADD COLUMN level public.log_level DEFAULT 'info'::public.log_level NOT NULL;

-- keelson:down
-- Destroys data: the column public.logs.level with all its values
ALTER TABLE public.logs DROP COLUMN level;

DROP TYPE public.log_level;
