-- keelson
-- id: d71d6b9b665e
-- parents: dca12506b39d
-- message: Room for the program of a command
-- created: 2026-06-22T09:40:12Z
-- proof: up and down, PostgreSQL 18, sha256 931276ffdf6e8e38

-- keelson:up
ALTER TABLE public.commands ADD COLUMN program text;

-- keelson:down
-- Destroys data: the column public.commands.program with all its values
ALTER TABLE public.commands DROP COLUMN program;
