-- from
CREATE TABLE public.t (id integer PRIMARY KEY);
-- rows
INSERT INTO public.t VALUES (1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, n integer DEFAULT 1, CHECK (n > 0));
