-- keelson
-- id: 25c45baa9b69
-- parents: 164468809966
-- message: Add user preferences table
-- created: 2026-01-12T09:30:15Z
-- proof: up and down, PostgreSQL 18, sha256 902a141658e4cd0f

-- keelson:up
CREATE SEQUENCE public.user_preferences_id_seq AS integer;

CREATE TABLE public.user_preferences (
  id integer DEFAULT nextval('public.user_preferences_id_seq'::regclass) NOT NULL,
  user_id integer,
  preference_key character varying(100),
  preference_value character varying(255),
  created_at timestamp without time zone,
  CONSTRAINT user_preferences_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.user_preferences_id_seq OWNED BY public.user_preferences.id;

CREATE INDEX ix_user_preferences_id ON public.user_preferences USING btree (id);

CREATE INDEX ix_user_preferences_user_id ON public.user_preferences USING btree (user_id);

-- keelson:down
-- Destroys data: the table public.user_preferences with all its rows
DROP TABLE public.user_preferences;
