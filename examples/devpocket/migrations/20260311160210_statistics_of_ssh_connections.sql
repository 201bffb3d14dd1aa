-- keelson
-- id: d21aa53c62f5
-- parents: 823653367e4a
-- message: Statistics of SSH connections
-- created: 2026-03-11T16:02:10Z
-- labels: connections
-- proof: up and down, PostgreSQL 18, sha256 6379d7829b42d0db

-- keelson:up
CREATE TABLE public.ssh_connections (
  id bigint GENERATED ALWAYS AS IDENTITY,
  ssh_profile_id uuid NOT NULL,
  session_id uuid,
  succeeded boolean NOT NULL,
  error text,
  bytes_sent bigint DEFAULT 0 NOT NULL,
  bytes_received bigint DEFAULT 0 NOT NULL,
  connected_at timestamp with time zone DEFAULT now() NOT NULL,
  disconnected_at timestamp with time zone,
  CONSTRAINT ssh_connections_pkey PRIMARY KEY (id),
  CONSTRAINT ssh_connections_bytes_positive CHECK (((bytes_sent >= 0) AND (bytes_received >= 0))),
  CONSTRAINT ssh_connections_end_after_start CHECK ((disconnected_at >= connected_at)),
  CONSTRAINT ssh_connections_error_told CHECK ((succeeded OR (error IS NOT NULL))),
  CONSTRAINT ssh_connections_session_id_sessions_id_fk FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE SET NULL,
  CONSTRAINT ssh_connections_ssh_profile_id_ssh_profiles_id_fk FOREIGN KEY (ssh_profile_id) REFERENCES public.ssh_profiles(id) ON DELETE CASCADE
);

CREATE INDEX ssh_connections_profile ON public.ssh_connections USING btree (ssh_profile_id, connected_at DESC NULLS LAST);

CREATE INDEX ssh_connections_session ON public.ssh_connections USING btree (session_id);

-- keelson:down
-- Destroys data: the table public.ssh_connections with all its rows
DROP TABLE public.ssh_connections;
