-- keelson
-- id: 823653367e4a
-- parents: c2678b9d10f2
-- message: Devices, sessions and commands
-- created: 2026-02-17T14:30:05Z
-- proof: up and down, PostgreSQL 18, sha256 7fc419e3406b9b26

-- keelson:up
CREATE TYPE public.command_status AS ENUM ('running', 'succeeded', 'failed', 'cancelled');

CREATE TYPE public.device_type AS ENUM ('desktop', 'laptop', 'phone', 'tablet', 'web');

CREATE TYPE public.session_type AS ENUM ('local', 'ssh');

CREATE TABLE public.devices (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  installation text NOT NULL,
  name text NOT NULL,
  device_type public.device_type NOT NULL,
  platform text NOT NULL,
  app_version text,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT devices_pkey PRIMARY KEY (id),
  CONSTRAINT devices_user_installation_unique UNIQUE (user_id, installation),
  CONSTRAINT devices_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.sessions (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  device_id uuid,
  ssh_profile_id uuid,
  session_type public.session_type DEFAULT 'local'::public.session_type NOT NULL,
  name text,
  ssh_host text,
  ssh_port integer,
  ssh_username text,
  ssh_parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
  terminal_rows integer DEFAULT 24 NOT NULL,
  terminal_columns integer DEFAULT 80 NOT NULL,
  terminal_type text DEFAULT 'xterm-256color'::text NOT NULL,
  client_address inet,
  started_at timestamp with time zone DEFAULT now() NOT NULL,
  last_activity_at timestamp with time zone DEFAULT now() NOT NULL,
  ended_at timestamp with time zone,
  duration_seconds integer GENERATED ALWAYS AS ((EXTRACT(epoch FROM (ended_at - started_at)))::integer) STORED,
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_end_after_start CHECK ((ended_at >= started_at)),
  CONSTRAINT sessions_ssh_address CHECK (((session_type <> 'ssh'::public.session_type) OR ((ssh_host IS NOT NULL) AND (ssh_username IS NOT NULL)))),
  CONSTRAINT sessions_ssh_port_range CHECK (((ssh_port >= 1) AND (ssh_port <= 65535))),
  CONSTRAINT sessions_terminal_columns_range CHECK (((terminal_columns >= 1) AND (terminal_columns <= 1000))),
  CONSTRAINT sessions_terminal_rows_range CHECK (((terminal_rows >= 1) AND (terminal_rows <= 1000))),
  CONSTRAINT sessions_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL,
  CONSTRAINT sessions_ssh_profile_id_ssh_profiles_id_fk FOREIGN KEY (ssh_profile_id) REFERENCES public.ssh_profiles(id) ON DELETE SET NULL,
  CONSTRAINT sessions_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.commands (
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id uuid NOT NULL,
  session_id uuid NOT NULL,
  command text NOT NULL,
  status public.command_status DEFAULT 'running'::public.command_status NOT NULL,
  output text,
  error_output text,
  exit_code integer,
  execution_ms integer,
  working_directory text,
  environment jsonb DEFAULT '{}'::jsonb NOT NULL,
  is_ai_suggested boolean DEFAULT false NOT NULL,
  ai_prompt text,
  ai_explanation text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT commands_pkey PRIMARY KEY (id),
  CONSTRAINT commands_end_known CHECK (((status <> ALL (ARRAY['succeeded'::public.command_status, 'failed'::public.command_status])) OR (exit_code IS NOT NULL))),
  CONSTRAINT commands_execution_positive CHECK ((execution_ms >= 0)),
  CONSTRAINT commands_exit_code_range CHECK (((exit_code >= 0) AND (exit_code <= 255))),
  CONSTRAINT commands_not_blank CHECK ((btrim(command) <> ''::text)),
  CONSTRAINT commands_prompt_suggested CHECK (((ai_prompt IS NULL) OR is_ai_suggested)),
  CONSTRAINT commands_session_id_sessions_id_fk FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE,
  CONSTRAINT commands_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE INDEX commands_failed ON public.commands USING btree (user_id, created_at DESC NULLS LAST) WHERE (status = 'failed'::public.command_status);

CREATE INDEX commands_session ON public.commands USING btree (session_id, id);

CREATE INDEX commands_user_created ON public.commands USING btree (user_id, created_at DESC NULLS LAST);

CREATE INDEX devices_last_seen ON public.devices USING btree (user_id, last_seen_at DESC NULLS LAST);

CREATE INDEX sessions_device ON public.sessions USING btree (device_id);

CREATE INDEX sessions_open ON public.sessions USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX sessions_ssh_profile ON public.sessions USING btree (ssh_profile_id);

CREATE INDEX sessions_user_started ON public.sessions USING btree (user_id, started_at DESC NULLS LAST);

-- keelson:down
-- Destroys data: the table public.commands with all its rows
DROP TABLE public.commands;

-- Destroys data: the table public.sessions with all its rows
DROP TABLE public.sessions;

-- Destroys data: the table public.devices with all its rows
DROP TABLE public.devices;

DROP TYPE public.command_status;

DROP TYPE public.device_type;

DROP TYPE public.session_type;
