-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text[]);
-- rows
INSERT INTO public.t VALUES (1, '{abc,de}'), (2, '{}');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v varchar(5)[]);
