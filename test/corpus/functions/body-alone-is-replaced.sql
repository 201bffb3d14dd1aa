-- from
CREATE FUNCTION tax(amount numeric) RETURNS numeric IMMUTABLE LANGUAGE sql AS 'SELECT amount * 0.19';
CREATE TABLE bills (id integer PRIMARY KEY, amount numeric CHECK (tax(amount) >= 0), tax numeric GENERATED ALWAYS AS (tax(amount)) STORED, guess numeric DEFAULT tax(100));
CREATE INDEX bills_tax ON bills (tax(amount));
CREATE VIEW taxes AS SELECT id, tax(amount) AS due FROM bills;
-- rows
INSERT INTO bills (id, amount) VALUES (1, 100);

-- to
CREATE FUNCTION tax(amount numeric) RETURNS numeric IMMUTABLE LANGUAGE sql AS 'SELECT amount * 0.20';
CREATE TABLE bills (id integer PRIMARY KEY, amount numeric CHECK (tax(amount) >= 0), tax numeric GENERATED ALWAYS AS (tax(amount)) STORED, guess numeric DEFAULT tax(100));
CREATE INDEX bills_tax ON bills (tax(amount));
CREATE VIEW taxes AS SELECT id, tax(amount) AS due FROM bills;
-- rows
INSERT INTO bills (id, amount) VALUES (1, 100);
