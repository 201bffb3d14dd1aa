-- renames: a_table_whose_name_takes_all_of_the_63_bytes_that_there_are_one:another_table_whose_name_takes_all_the_63_bytes_that_there_are2
-- from
CREATE TABLE a_table_whose_name_takes_all_of_the_63_bytes_that_there_are_one (id serial PRIMARY KEY, n text UNIQUE, CHECK (n <> ''));
-- rows
INSERT INTO a_table_whose_name_takes_all_of_the_63_bytes_that_there_are_one (n) VALUES ('x');
-- to
CREATE TABLE another_table_whose_name_takes_all_the_63_bytes_that_there_are2 (id serial PRIMARY KEY, n text UNIQUE, CHECK (n <> ''));
