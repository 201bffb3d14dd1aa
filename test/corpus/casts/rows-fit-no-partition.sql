-- obstacle: to, because rows of public.old that do not fit its bound
-- from
CREATE TABLE public.p (id integer, k text) PARTITION BY LIST (k);
CREATE TABLE public.old (id integer, k text);
-- rows
INSERT INTO public.old VALUES (1, 'a'), (2, 'b'), (3, NULL);
-- to
CREATE TABLE public.p (id integer, k text) PARTITION BY LIST (k);
CREATE TABLE public.old PARTITION OF public.p FOR VALUES IN ('a', NULL);
