-- from
CREATE FOREIGN DATA WRAPPER archive OPTIONS (debug 'true', gone 'x', "Mixed Case" 'a=b');
COMMENT ON FOREIGN DATA WRAPPER archive IS 'what''s old';
-- to
CREATE FOREIGN DATA WRAPPER archive OPTIONS (debug 'false', "Mixed Case" 'a=b', fresh E'back\\slash');
