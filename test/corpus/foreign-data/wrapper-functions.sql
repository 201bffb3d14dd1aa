-- from
CREATE EXTENSION file_fdw;
CREATE FOREIGN DATA WRAPPER remote HANDLER file_fdw_handler;
-- to
CREATE EXTENSION file_fdw;
CREATE FOREIGN DATA WRAPPER remote HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
COMMENT ON FOREIGN DATA WRAPPER remote IS 'checks its options';
