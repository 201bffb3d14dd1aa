-- keelson
-- id: b2b7d0438f52
-- parents: f4905fc1fb43
-- message: Find commands by program
-- created: 2026-06-23T07:55:31Z
-- proof: up and down, PostgreSQL 18, sha256 e53738b7ccdd0321

-- keelson:up
CREATE INDEX CONCURRENTLY commands_program ON public.commands USING btree (user_id, program);

-- keelson:down
DROP INDEX CONCURRENTLY public.commands_program;
