-- maps: public.state:done=sent
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent', 'done');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new', done boolean GENERATED ALWAYS AS (state = 'sent') STORED,
  CONSTRAINT known CHECK (state <> 'sent' OR id > 0), CONSTRAINT one UNIQUE (id, state));
CREATE INDEX waiting ON public.orders (id) WHERE state <> 'sent';
CREATE INDEX by_state ON public.orders ((state = 'sent'), id);
CREATE VIEW public.open_orders AS SELECT id, state FROM public.orders WHERE state <> 'sent';
CREATE VIEW public.again AS SELECT count(*) AS n FROM public.open_orders WHERE state = 'new';
CREATE MATERIALIZED VIEW public.per_state AS SELECT state, count(*) AS n FROM public.orders GROUP BY state;
CREATE UNIQUE INDEX per_state_key ON public.per_state (state);
CREATE FUNCTION public.is_open(s public.state) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN s <> 'sent'::public.state;
CREATE FUNCTION public.first_state() RETURNS public.state LANGUAGE sql AS $$ SELECT 'new'::public.state $$;
CREATE FUNCTION public.all_states() RETURNS SETOF public.state[] LANGUAGE sql AS $$ SELECT ARRAY['new'::public.state] $$;
CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted BEFORE UPDATE ON public.orders FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION public.note();
ALTER TABLE public.orders DISABLE TRIGGER noted;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.orders USING (state <> 'sent');
COMMENT ON TYPE public.state IS 'where an order stands';
COMMENT ON VIEW public.open_orders IS 'not done';
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'paid'), (3, 'done');
-- to
CREATE TYPE public.state AS ENUM ('new', 'sent', 'paid');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new', done boolean GENERATED ALWAYS AS (state = 'paid') STORED,
  CONSTRAINT known CHECK (state <> 'paid' OR id > 0), CONSTRAINT one UNIQUE (id, state));
CREATE INDEX waiting ON public.orders (id) WHERE state <> 'paid';
CREATE INDEX by_state ON public.orders ((state = 'paid'), id);
CREATE VIEW public.open_orders AS SELECT id, state FROM public.orders WHERE state <> 'paid';
CREATE VIEW public.again AS SELECT count(*) AS n FROM public.open_orders WHERE state = 'new';
CREATE MATERIALIZED VIEW public.per_state AS SELECT state, count(*) AS n FROM public.orders GROUP BY state;
CREATE UNIQUE INDEX per_state_key ON public.per_state (state);
CREATE FUNCTION public.is_open(s public.state) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN s <> 'paid'::public.state;
CREATE FUNCTION public.first_state() RETURNS public.state LANGUAGE sql AS $$ SELECT 'new'::public.state $$;
CREATE FUNCTION public.all_states() RETURNS SETOF public.state[] LANGUAGE sql AS $$ SELECT ARRAY['new'::public.state] $$;
CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted BEFORE UPDATE ON public.orders FOR EACH ROW WHEN (NEW.state = 'paid') EXECUTE FUNCTION public.note();
ALTER TABLE public.orders DISABLE TRIGGER noted;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON public.orders USING (state <> 'paid');
COMMENT ON TYPE public.state IS 'where an order stands';
COMMENT ON VIEW public.open_orders IS 'not done';
