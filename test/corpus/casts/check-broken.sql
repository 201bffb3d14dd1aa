-- obstacle: to, because that break the check positive
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, price numeric);
-- rows
INSERT INTO public.t VALUES (1, NULL), (2, -1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, price numeric, CONSTRAINT positive CHECK (price > 0 AND price::text <> 'a)'));
