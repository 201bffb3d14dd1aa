-- keelson
-- id: 1fce8bddc31d
-- parents: 30f7c49f266e
-- message: Add user preferences table
-- created: 2026-03-09T10:15:44Z
-- proof: up and down, PostgreSQL 15, sha256 8cce9045311b3b5b

-- keelson:up
CREATE TYPE public.theme AS ENUM ('system', 'light', 'dark');

CREATE TABLE public.user_preferences (
  user_id uuid NOT NULL,
  theme public.theme DEFAULT 'system'::public.theme NOT NULL,
  language text DEFAULT 'en'::text NOT NULL,
  time_zone text DEFAULT 'UTC'::text NOT NULL,
  mail_notifications boolean DEFAULT true NOT NULL,
  other jsonb DEFAULT '{}'::jsonb NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT user_preferences_pkey PRIMARY KEY (user_id),
  CONSTRAINT user_preferences_language_check CHECK ((language ~ '^[a-z]{2}(-[A-Z]{2})?$'::text)),
  CONSTRAINT user_preferences_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE
);

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_preferences FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.user_preferences with all its rows
DROP TABLE public.user_preferences;

DROP TYPE public.theme;
