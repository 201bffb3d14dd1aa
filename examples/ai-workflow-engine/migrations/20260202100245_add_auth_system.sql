-- keelson
-- id: 5992b537902a
-- parents: 70b408b832e5
-- message: add auth system
-- created: 2026-02-02T10:02:45Z
-- proof: up and down, PostgreSQL 15, sha256 ae9e8889161abf9d

-- keelson:up
CREATE TABLE public.permissions (
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  CONSTRAINT permissions_pkey PRIMARY KEY (id),
  CONSTRAINT permissions_name_unique UNIQUE (name),
  CONSTRAINT permissions_name_check CHECK ((name ~ '^[a-z_]+[.][a-z_]+$'::text))
);

CREATE TABLE public.role_permissions (
  role public.user_role NOT NULL,
  permission_id bigint NOT NULL,
  granted_at timestamp with time zone DEFAULT now() NOT NULL,
  granted_by uuid,
  CONSTRAINT role_permissions_role_permission_id_pk PRIMARY KEY (role, permission_id),
  CONSTRAINT role_permissions_granted_by_users_id_fk FOREIGN KEY (granted_by) REFERENCES public.users(id) ON DELETE SET NULL,
  CONSTRAINT role_permissions_permission_id_permissions_id_fk FOREIGN KEY (permission_id) REFERENCES public.permissions(id) ON DELETE CASCADE,
  CONSTRAINT role_permissions_role_roles_name_fk FOREIGN KEY (role) REFERENCES public.roles(name) ON DELETE CASCADE
);

CREATE TABLE public.user_sessions (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  token_hash text NOT NULL,
  ip_address inet,
  user_agent text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT user_sessions_pkey PRIMARY KEY (id),
  CONSTRAINT user_sessions_token_hash_unique UNIQUE (token_hash),
  CONSTRAINT user_sessions_expires_at_check CHECK ((expires_at > created_at)),
  CONSTRAINT user_sessions_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE INDEX role_permissions_permission ON public.role_permissions USING btree (permission_id);

CREATE INDEX user_sessions_open ON public.user_sessions USING btree (expires_at) WHERE (revoked_at IS NULL);

CREATE INDEX user_sessions_user ON public.user_sessions USING btree (user_id);

-- keelson:down
-- Destroys data: the table public.role_permissions with all its rows
DROP TABLE public.role_permissions;

-- Destroys data: the table public.permissions with all its rows
DROP TABLE public.permissions;

-- Destroys data: the table public.user_sessions with all its rows
DROP TABLE public.user_sessions;
