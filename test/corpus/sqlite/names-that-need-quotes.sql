-- engines: sqlite
-- from
CREATE TABLE "order" ("group" INTEGER PRIMARY KEY, "a b" TEXT, "x""y" INT, [a.b] INT); CREATE INDEX "select" ON "order" ("a b");
-- rows
INSERT INTO "order" VALUES (1, 'p', 1, 2);
-- to
CREATE TABLE "order" ("group" INTEGER PRIMARY KEY, "a b" TEXT NOT NULL UNIQUE, "x""y" INT CHECK ("x""y" > 0), [a.b] INT); CREATE INDEX "select" ON "order" ("a b" DESC, [a.b]);
-- rows
INSERT INTO "order" VALUES (1, 'q', 5, 6);
