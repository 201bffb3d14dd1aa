-- engines: sqlite
-- from
CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1); CREATE VIRTUAL TABLE shapes USING geopoly (a);
-- rows
INSERT INTO boxes VALUES (5, 0, 1.5); INSERT INTO shapes (_shape, a) VALUES ('[[0,0],[1,0],[0,1],[0,0]]', 'x');
-- to
CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1, +label TEXT); CREATE VIRTUAL TABLE shapes USING geopoly (a, b);
-- rows
INSERT INTO boxes VALUES (1, 0, 1, 'l');
