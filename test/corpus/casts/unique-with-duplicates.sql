-- obstacle: to, because that agree in a, b, which the unique t_a_b_key forbids
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, a text, b integer);
-- rows
INSERT INTO public.t VALUES (1, 'x', 1), (2, 'x', NULL), (3, 'x', NULL), (4, 'x', 1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, a text, b integer, UNIQUE (a, b));
