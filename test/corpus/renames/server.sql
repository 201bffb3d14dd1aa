-- renames: away:elsewhere, away.n:elsewhere.label
-- from
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing OPTIONS (host 'x');
CREATE FOREIGN TABLE away (id integer, n text) SERVER far;
-- to
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER remote FOREIGN DATA WRAPPER nothing OPTIONS (host 'x');
CREATE FOREIGN TABLE elsewhere (id integer, label text) SERVER remote;
