-- from
CREATE TYPE stay AS RANGE (subtype = date);
COMMENT ON TYPE stay_multirange IS 'several stays';
CREATE TABLE guests (id integer PRIMARY KEY, first stay, others stay_multirange DEFAULT '{}', history stay_multirange[]);
-- rows
INSERT INTO guests VALUES (1, '[2024-01-01,2024-01-08)', '{[2024-02-01,2024-02-03)}', ARRAY['{[2023-02-01,2023-02-03)}']::stay_multirange[]);

-- to
CREATE SCHEMA plural;
CREATE TYPE stay AS RANGE (subtype = date, multirange_type_name = plural."Stays");
COMMENT ON TYPE stay IS 'from the first night to the last morning';
COMMENT ON TYPE plural."Stays" IS 'more than one';
CREATE TABLE guests (id integer PRIMARY KEY, first stay, others plural."Stays" DEFAULT '{}', history plural."Stays"[]);
-- rows
INSERT INTO guests VALUES (1, '[2024-01-01,2024-01-08)', '{[2024-02-01,2024-02-03)}', ARRAY['{[2023-02-01,2023-02-03)}']::plural."Stays"[]);
