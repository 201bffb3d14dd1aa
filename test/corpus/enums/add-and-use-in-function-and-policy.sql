-- from
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.orders (id integer, state public.state);
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'paid');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid', 'void');
CREATE TABLE public.orders (id integer, state public.state);
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY hide ON public.orders USING (state <> 'void');
CREATE FUNCTION public.next_state(s public.state) RETURNS public.state LANGUAGE sql RETURN CASE WHEN s = 'new' THEN 'paid'::public.state ELSE 'void' END;
