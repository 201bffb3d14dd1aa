-- majors: 18+
-- from
CREATE EXTENSION btree_gist; CREATE TABLE rooms (id integer, at daterange, PRIMARY KEY (id, at)); CREATE TABLE stays (room integer, at daterange);
-- rows
INSERT INTO rooms VALUES (1, '[2024-01-01,2025-01-01)'); INSERT INTO stays VALUES (1, '[2024-02-01,2024-03-01)');
-- to
CREATE EXTENSION btree_gist; CREATE TABLE rooms (id integer, at daterange, PRIMARY KEY (id, at WITHOUT OVERLAPS)); CREATE TABLE stays (room integer, at daterange, FOREIGN KEY (room, PERIOD at) REFERENCES rooms (id, PERIOD at), UNIQUE (room, at WITHOUT OVERLAPS));
-- rows
INSERT INTO rooms VALUES (1, '[2024-01-01,2025-01-01)'); INSERT INTO stays VALUES (1, '[2024-02-01,2024-03-01)');
