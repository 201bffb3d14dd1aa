-- keelson
-- id: be04abe7cedd
-- parents: be0fc4c46fd5
-- message: choose a model for each assistant
-- created: 2026-03-18T08:30:00Z
-- labels: assistants
-- proof: up and down, PostgreSQL 18, sha256 d40a78c3487e3701

-- keelson:up
ALTER TABLE public.roles ADD COLUMN model text DEFAULT 'default'::text NOT NULL;

ALTER TABLE public.roles ADD COLUMN temperature numeric(3,2) DEFAULT 0.70 NOT NULL;

ALTER TABLE public.roles ADD COLUMN is_active boolean DEFAULT true NOT NULL;

ALTER TABLE public.roles ADD CONSTRAINT roles_temperature_check CHECK (((temperature >= (0)::numeric) AND (temperature <= (2)::numeric)));

-- keelson:down
ALTER TABLE public.roles DROP CONSTRAINT roles_temperature_check;

-- Destroys data: the column public.roles.model with all its values
ALTER TABLE public.roles DROP COLUMN model;

-- Destroys data: the column public.roles.temperature with all its values
ALTER TABLE public.roles DROP COLUMN temperature;

-- Destroys data: the column public.roles.is_active with all its values
ALTER TABLE public.roles DROP COLUMN is_active;
