-- keelson
-- id: fead525bf2f3
-- parents: e010be6af57a
-- message: let accounts be locked
-- created: 2026-05-11T07:30:00Z
-- proof: up and down, PostgreSQL 18, sha256 c5fc5976508101f5

-- keelson:up
ALTER TYPE public.user_status ADD VALUE 'locked' AFTER 'active';

-- keelson:down
ALTER TABLE public.users ALTER COLUMN status DROP DEFAULT;

-- Destroys data: locked of enum public.user_status; rows that use it stop the revision
ALTER TYPE public.user_status RENAME TO "user_status_replaced";

CREATE TYPE public.user_status AS ENUM ('pending', 'active', 'disabled');

ALTER TABLE public.users ALTER COLUMN status TYPE public.user_status USING status::text::public.user_status;

ALTER TABLE public.users ALTER COLUMN status SET DEFAULT 'pending'::public.user_status;

DROP TYPE public."user_status_replaced";
