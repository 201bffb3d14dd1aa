-- from
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TYPE sizes AS RANGE (subtype = size);
CREATE TABLE shirts (id integer PRIMARY KEY, one size, available sizes, also sizes_multirange);
-- rows
INSERT INTO shirts VALUES (1, 'm', '[s,l]', '{[s,s],[l,l]}'), (2, 's', '[m,l)', '{}');

-- to
CREATE TYPE size AS ENUM ('xs', 's', 'm', 'l', 'xl');
CREATE TYPE sizes AS RANGE (subtype = size);
CREATE TABLE shirts (id integer PRIMARY KEY, one size, available sizes, also sizes_multirange);
-- rows
INSERT INTO shirts VALUES (1, 'm', '[s,l]', '{[s,s],[l,l]}'), (2, 's', '[m,l)', '{}');
