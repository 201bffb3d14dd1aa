-- renames: sequence:numbers:invoice_numbers
-- from
CREATE SEQUENCE numbers START 5 INCREMENT 5;
CREATE TABLE t (id bigint DEFAULT nextval('numbers'), n text);
-- rows
INSERT INTO t (n) VALUES ('a'), ('b');
-- to
CREATE SEQUENCE invoice_numbers START 5 INCREMENT 5;
CREATE TABLE t (id bigint DEFAULT nextval('invoice_numbers'), n text);
