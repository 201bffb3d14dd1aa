-- keelson
-- id: 70b408b832e5
-- parents: 4f58c229480f
-- message: add user table
-- created: 2026-01-15T14:15:30Z
-- proof: up and down, PostgreSQL 15, sha256 e73977a1523ce436

-- keelson:up
CREATE TYPE public.user_role AS ENUM ('admin', 'user');

CREATE TYPE public.user_status AS ENUM ('pending', 'active', 'locked', 'disabled');

CREATE TABLE public.roles (
  name public.user_role NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT roles_pkey PRIMARY KEY (name)
);

-- Every value of the enum is a role that users may have.
INSERT INTO public.roles (name, description) VALUES
  ('admin', 'May do everything'),
  ('user', 'Works with own conversations and templates');

CREATE TABLE public.users (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  email text NOT NULL,
  display_name text DEFAULT ''::text NOT NULL,
  password_hash text NOT NULL,
  role public.user_role DEFAULT 'user'::public.user_role NOT NULL,
  status public.user_status DEFAULT 'active'::public.user_status NOT NULL,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_email_check CHECK ((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)),
  CONSTRAINT users_password_hash_check CHECK ((password_hash ~~ '$%'::text)),
  CONSTRAINT users_role_roles_name_fk FOREIGN KEY (role) REFERENCES public.roles(name)
);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));

CREATE INDEX users_role ON public.users USING btree (role);

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.users with all its rows
DROP TABLE public.users;

-- Destroys data: the table public.roles with all its rows
DROP TABLE public.roles;

DROP TYPE public.user_role;

DROP TYPE public.user_status;
