-- keelson
-- id: f87f6c99c1fb
-- parents: 25c45baa9b69
-- message: Add the status of a user
-- created: 2026-02-03T14:11:20Z
-- proof: up and down, PostgreSQL 18, sha256 6fc899e8e3a38411

-- keelson:up
ALTER TABLE public.users ADD COLUMN status character varying(20);

-- Who is not active, or of whom it is not known, has no status yet.
UPDATE users SET status = 'active' WHERE is_active;

-- keelson:down
-- Destroys data: the column public.users.status with all its values
ALTER TABLE public.users DROP COLUMN status;
