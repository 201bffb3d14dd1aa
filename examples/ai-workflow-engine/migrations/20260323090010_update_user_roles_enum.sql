-- keelson
-- id: 855b5457133f
-- parents: 1fce8bddc31d
-- message: Update user roles enum
-- created: 2026-03-23T09:00:10Z
-- proof: up and down, PostgreSQL 15, sha256 44d6570e64877d6d

-- keelson:up
ALTER TYPE public.user_role ADD VALUE 'moderator';

-- keelson:down
ALTER TABLE public.role_permissions DROP CONSTRAINT role_permissions_role_roles_name_fk;

ALTER TABLE public.users DROP CONSTRAINT users_role_roles_name_fk;

ALTER TABLE public.users ALTER COLUMN role DROP DEFAULT;

-- Destroys data: moderator of enum public.user_role; rows that use it stop the revision
ALTER TYPE public.user_role RENAME TO "user_role_replaced";

CREATE TYPE public.user_role AS ENUM ('admin', 'user');

ALTER TABLE public.role_permissions ALTER COLUMN role TYPE public.user_role USING role::text::public.user_role;

ALTER TABLE public.roles ALTER COLUMN name TYPE public.user_role USING name::text::public.user_role;

ALTER TABLE public.users ALTER COLUMN role TYPE public.user_role USING role::text::public.user_role;

ALTER TABLE public.users ALTER COLUMN role SET DEFAULT 'user'::public.user_role;

ALTER TABLE public.role_permissions ADD CONSTRAINT role_permissions_role_roles_name_fk FOREIGN KEY (role) REFERENCES public.roles(name) ON DELETE CASCADE;

ALTER TABLE public.users ADD CONSTRAINT users_role_roles_name_fk FOREIGN KEY (role) REFERENCES public.roles(name);

DROP TYPE public."user_role_replaced";
