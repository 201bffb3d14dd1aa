-- keelson
-- id: d3dddcb7f483
-- parents: 823653367e4a
-- message: Sync between devices
-- created: 2026-03-09T10:21:33Z
-- labels: sync
-- proof: up and down, PostgreSQL 18, sha256 911e9da5d8511b5b

-- keelson:up
CREATE TYPE public.conflict_resolution AS ENUM ('last_write_wins', 'keep_local', 'keep_remote', 'merge', 'ask');

CREATE TYPE public.sync_data_type AS ENUM ('commands', 'sessions', 'ssh_profiles', 'settings');

CREATE TABLE public.sync_data (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  user_id uuid NOT NULL,
  device_id uuid,
  data_type public.sync_data_type NOT NULL,
  sync_key text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  data jsonb NOT NULL,
  device_metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  conflict_resolution public.conflict_resolution DEFAULT 'last_write_wins'::public.conflict_resolution NOT NULL,
  is_deleted boolean DEFAULT false NOT NULL,
  synced_at timestamp with time zone,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT sync_data_pkey PRIMARY KEY (id),
  CONSTRAINT sync_data_key_unique UNIQUE (user_id, data_type, sync_key),
  CONSTRAINT sync_data_version_positive CHECK ((version >= 1)),
  CONSTRAINT sync_data_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL,
  CONSTRAINT sync_data_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TABLE public.sync_conflicts (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  sync_data_id uuid NOT NULL,
  device_id uuid,
  local_version integer NOT NULL,
  remote_version integer NOT NULL,
  local_data jsonb NOT NULL,
  remote_data jsonb NOT NULL,
  resolution public.conflict_resolution,
  found_at timestamp with time zone DEFAULT now() NOT NULL,
  resolved_at timestamp with time zone,
  CONSTRAINT sync_conflicts_pkey PRIMARY KEY (id),
  CONSTRAINT sync_conflicts_resolved CHECK (((resolution IS NULL) = (resolved_at IS NULL))),
  CONSTRAINT sync_conflicts_versions_positive CHECK (((local_version >= 1) AND (remote_version >= 1))),
  CONSTRAINT sync_conflicts_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL,
  CONSTRAINT sync_conflicts_sync_data_id_sync_data_id_fk FOREIGN KEY (sync_data_id) REFERENCES public.sync_data(id) ON DELETE CASCADE
);

CREATE TABLE public.sync_versions (
  sync_data_id uuid NOT NULL,
  version integer NOT NULL,
  device_id uuid,
  data jsonb NOT NULL,
  written_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT sync_versions_pkey PRIMARY KEY (sync_data_id, version),
  CONSTRAINT sync_versions_version_positive CHECK ((version >= 1)),
  CONSTRAINT sync_versions_device_id_devices_id_fk FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE SET NULL,
  CONSTRAINT sync_versions_sync_data_id_sync_data_id_fk FOREIGN KEY (sync_data_id) REFERENCES public.sync_data(id) ON DELETE CASCADE
);

CREATE INDEX sync_conflicts_data ON public.sync_conflicts USING btree (sync_data_id);

CREATE INDEX sync_conflicts_device ON public.sync_conflicts USING btree (device_id);

CREATE INDEX sync_conflicts_open ON public.sync_conflicts USING btree (found_at) WHERE (resolved_at IS NULL);

CREATE INDEX sync_data_changed ON public.sync_data USING btree (user_id, updated_at);

CREATE INDEX sync_data_device ON public.sync_data USING btree (device_id);

CREATE INDEX sync_versions_device ON public.sync_versions USING btree (device_id);

CREATE TRIGGER sync_data_touch BEFORE UPDATE ON public.sync_data FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.sync_conflicts with all its rows
DROP TABLE public.sync_conflicts;

-- Destroys data: the table public.sync_versions with all its rows
DROP TABLE public.sync_versions;

-- Destroys data: the table public.sync_data with all its rows
DROP TABLE public.sync_data;

DROP TYPE public.conflict_resolution;

DROP TYPE public.sync_data_type;
