-- from
CREATE TYPE public.place AS (city text, zip integer);
-- to
CREATE TYPE public.place AS (city varchar(20), zip bigint);
