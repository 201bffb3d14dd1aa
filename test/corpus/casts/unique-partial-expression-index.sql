-- obstacle: to, because which the unique index one_mail forbids
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, mail text, gone boolean);
-- rows
INSERT INTO public.t VALUES (1, 'A@x', false), (2, 'a@X', false), (3, 'a@x', true);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, mail text, gone boolean);
CREATE UNIQUE INDEX one_mail ON public.t (lower(mail)) WHERE NOT gone;
