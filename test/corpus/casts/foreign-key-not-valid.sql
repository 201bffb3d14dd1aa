-- from
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO public.t VALUES (3, 2, 2);
-- to
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer);
ALTER TABLE public.t ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES public.p (a, b) NOT VALID;
