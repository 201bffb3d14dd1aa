-- obstacle: to, because whose v is no value of uuid
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, 'a0eebc99');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v uuid);
