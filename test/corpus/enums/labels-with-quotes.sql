-- from
CREATE TYPE public."Odd Type" AS ENUM ('it''s', 'a "b"', 'x,y');
CREATE TABLE public.t (e public."Odd Type" DEFAULT 'it''s');
-- rows
INSERT INTO public.t VALUES ('it''s'), ('a "b"'), ('x,y');
-- to
CREATE TYPE public."Odd Type" AS ENUM ('x,y', 'ü', 'it''s', 'a "b"');
CREATE TABLE public.t (e public."Odd Type" DEFAULT 'ü');
