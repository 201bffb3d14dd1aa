-- keelson
-- id: dab09914e30c
-- parents: 0c353bf47e78
-- message: Add email_verified and password_scheme columns to users
-- created: 2026-05-04T13:01:02Z
-- proof: up and down, PostgreSQL 15, sha256 8b435c145ad53347

-- keelson:up
CREATE TYPE public.password_scheme AS ENUM ('unknown', 'bcrypt', 'argon2id');

ALTER TABLE public.users ADD COLUMN password_scheme public.password_scheme DEFAULT 'unknown'::public.password_scheme NOT NULL;

ALTER TABLE public.users ADD COLUMN email_verified boolean DEFAULT false NOT NULL;

CREATE INDEX users_password_scheme ON public.users USING btree (password_scheme);

-- keelson:down
DROP INDEX public.users_password_scheme;

-- Destroys data: the column public.users.password_scheme with all its values
ALTER TABLE public.users DROP COLUMN password_scheme;

-- Destroys data: the column public.users.email_verified with all its values
ALTER TABLE public.users DROP COLUMN email_verified;

DROP TYPE public.password_scheme;
