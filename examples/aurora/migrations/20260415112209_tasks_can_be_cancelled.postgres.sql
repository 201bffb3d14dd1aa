-- keelson
-- id: fa6706f27677
-- parents: 334d865d75f2
-- message: Tasks can be cancelled
-- created: 2026-04-15T11:22:09Z
-- proof: up and down, PostgreSQL 18, sha256 e5c16dd7511d49c1

-- keelson:up
ALTER TYPE public.task_status ADD VALUE 'cancelled';

-- keelson:down
ALTER TABLE public.synthesis_tasks ALTER COLUMN status DROP DEFAULT;

-- Destroys data: cancelled of enum public.task_status; rows that use it stop the revision
ALTER TYPE public.task_status RENAME TO "task_status_replaced";

CREATE TYPE public.task_status AS ENUM ('pending', 'running', 'completed', 'failed');

ALTER TABLE public.synthesis_tasks ALTER COLUMN status TYPE public.task_status USING status::text::public.task_status;

ALTER TABLE public.synthesis_tasks ALTER COLUMN status SET DEFAULT 'pending'::public.task_status;

DROP TYPE public."task_status_replaced";
