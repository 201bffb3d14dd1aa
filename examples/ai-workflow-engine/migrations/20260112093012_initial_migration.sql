-- keelson
-- id: 4f58c229480f
-- parents:
-- message: initial migration
-- created: 2026-01-12T09:30:12Z
-- proof: up and down, PostgreSQL 15, sha256 e7d92ba91dfa75d5

-- keelson:up
SET LOCAL check_function_bodies = off;

CREATE TABLE public.system_settings (
  key text NOT NULL,
  value jsonb NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT system_settings_pkey PRIMARY KEY (key),
  CONSTRAINT system_settings_key_check CHECK ((key ~ '^[a-z_]+([.][a-z_]+)*$'::text))
);

CREATE OR REPLACE FUNCTION public.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$function$;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.system_settings FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- keelson:down
-- Destroys data: the table public.system_settings with all its rows
DROP TABLE public.system_settings;

DROP FUNCTION public.touch_updated_at();
