-- keelson
-- id: fa6706f27677
-- parents: 334d865d75f2
-- message: Tasks can be cancelled
-- created: 2026-04-15T11:22:09Z
-- proof: up and down, SQLite 3.53, sha256 8db09c05c1ca0914

-- keelson:up
ALTER TABLE synthesis_tasks DROP CONSTRAINT ck_synthesis_tasks_status;

ALTER TABLE synthesis_tasks ADD CONSTRAINT "ck_synthesis_tasks_status" CHECK ("synthesis_tasks"."status" IN ('pending', 'running', 'completed', 'failed', 'cancelled'));

-- keelson:down
ALTER TABLE synthesis_tasks DROP CONSTRAINT ck_synthesis_tasks_status;

ALTER TABLE synthesis_tasks ADD CONSTRAINT "ck_synthesis_tasks_status" CHECK ("synthesis_tasks"."status" IN ('pending', 'running', 'completed', 'failed'));
