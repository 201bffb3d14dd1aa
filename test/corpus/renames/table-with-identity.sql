-- renames: accounts:customers
-- from
CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
-- rows
INSERT INTO accounts (name) VALUES ('a'), ('b');
-- to
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
-- rows
INSERT INTO customers (name) VALUES ('c');
