-- obstacle: to, because whose v is no value of character varying(5)
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, 'abcde'), (2, 'abcdef');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v varchar(5));
