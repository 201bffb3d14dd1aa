-- from
CREATE TABLE public.t (id integer PRIMARY KEY, price numeric);
ALTER TABLE public.t ADD CONSTRAINT positive CHECK (price > 0) NOT VALID;
-- rows
INSERT INTO public.t VALUES (1, NULL), (2, 1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, price numeric, CONSTRAINT positive CHECK (price > 0));
