-- keelson
-- id: 10f703981284
-- parents: ca46ff783919
-- message: tie the password scheme to its hash
-- created: 2026-05-18T09:55:21Z
-- proof: up and down, PostgreSQL 15, sha256 2d7024018c87ab90

-- keelson:up
ALTER TABLE public.users ADD CONSTRAINT users_password_scheme_check CHECK (((password_scheme = 'argon2id'::public.password_scheme) = (password_hash ~~ '$argon2id$%'::text)));

-- keelson:down
ALTER TABLE public.users DROP CONSTRAINT users_password_scheme_check;
