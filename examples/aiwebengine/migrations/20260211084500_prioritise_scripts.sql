-- keelson
-- id: 7e5b1dc28888
-- parents: 20241024000005
-- message: prioritise scripts
-- created: 2026-02-11T08:45:00Z
-- labels: priorities
-- proof: up and down, PostgreSQL 18, sha256 7f9997cfa724c0fd

-- keelson:up
ALTER TABLE public.scripts ADD COLUMN priority integer DEFAULT 0 NOT NULL;

UPDATE scripts SET priority = 1 WHERE uri LIKE '%core%';

-- keelson:down
-- Destroys data: the column public.scripts.priority with all its values
ALTER TABLE public.scripts DROP COLUMN priority;
