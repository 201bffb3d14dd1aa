-- from
CREATE TABLE a_table_whose_name_is_so_long_that_its_sequence_has_to_be_cut (an_identity_column_with_a_long_name integer GENERATED ALWAYS AS IDENTITY, v text);
-- rows
INSERT INTO a_table_whose_name_is_so_long_that_its_sequence_has_to_be_cut (v) VALUES ('a'), ('b');
-- to
CREATE TABLE a_table_whose_name_is_so_long_that_its_sequence_has_to_be_cut (an_identity_column_with_a_long_name integer GENERATED ALWAYS AS IDENTITY (MINVALUE 2 START 2), v text);
-- rows
INSERT INTO a_table_whose_name_is_so_long_that_its_sequence_has_to_be_cut (v) VALUES ('a'), ('b');
