-- renames: public.users:public.people, public.users.mail:public.people.email
-- obstacle: to, because that have no value for email
-- from
CREATE TABLE public.users (id integer, mail text);
-- rows
INSERT INTO public.users VALUES (1, 'a'), (2, NULL);
-- to
CREATE TABLE public.people (id integer, email text NOT NULL UNIQUE);
