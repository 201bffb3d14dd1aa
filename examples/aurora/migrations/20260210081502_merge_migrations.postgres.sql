-- keelson
-- id: 614e5947b1ff
-- parents: f87f6c99c1fb, ef6747469b38
-- message: Merge migrations
-- created: 2026-02-10T08:15:02Z
-- proof: up and down, PostgreSQL 18, sha256 325c7f918646897a

-- keelson:up

-- keelson:down
