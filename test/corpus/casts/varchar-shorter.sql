-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v varchar(20));
-- rows
INSERT INTO public.t VALUES (1, 'abcde'), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v varchar(5));
