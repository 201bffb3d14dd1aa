-- renames: public.users:public.people, public.users.mail:public.people.email
-- from
CREATE TABLE public.users (id integer, mail text);
-- rows
INSERT INTO public.users VALUES (1, 'a'), (2, 'b');
-- to
CREATE TABLE public.people (id integer, email text NOT NULL UNIQUE, CHECK (email <> ''));
