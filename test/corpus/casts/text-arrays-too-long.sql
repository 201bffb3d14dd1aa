-- obstacle: to, because whose v is no value of character varying(2)[]
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text[]);
-- rows
INSERT INTO public.t VALUES (1, '{abc,de}');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v varchar(2)[]);
