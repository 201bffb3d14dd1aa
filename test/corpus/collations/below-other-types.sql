-- from
CREATE COLLATION sorted (provider = icu, locale = 'sv');
CREATE DOMAIN name AS text COLLATE sorted CHECK (VALUE <> '');
CREATE TYPE pair AS (one text COLLATE sorted, two integer);
CREATE TYPE letters AS RANGE (subtype = text, collation = sorted);
CREATE TABLE t (id integer PRIMARY KEY, n name DEFAULT 'x', p pair, l letters);
CREATE INDEX t_n ON t (n);
-- rows
INSERT INTO t VALUES (1, 'å', ROW('ö', 1), '[a,b)');

-- to
CREATE COLLATION sorted (provider = icu, locale = 'de');
CREATE DOMAIN name AS text COLLATE sorted CHECK (VALUE <> '');
CREATE TYPE pair AS (one text COLLATE sorted, two integer);
CREATE TYPE letters AS RANGE (subtype = text, collation = sorted);
CREATE TABLE t (id integer PRIMARY KEY, n name DEFAULT 'x', p pair, l letters);
CREATE INDEX t_n ON t (n);
-- rows
INSERT INTO t VALUES (1, 'å', ROW('ö', 1), '[a,b)');
