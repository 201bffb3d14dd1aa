-- from
CREATE TABLE public.t (id integer PRIMARY KEY, mail text, gone boolean);
-- rows
INSERT INTO public.t VALUES (1, 'A@x', false), (2, 'a@X', true);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, mail text, gone boolean);
CREATE UNIQUE INDEX one_mail ON public.t (lower(mail) COLLATE "C" text_pattern_ops DESC, id) INCLUDE (gone) WHERE NOT gone;
