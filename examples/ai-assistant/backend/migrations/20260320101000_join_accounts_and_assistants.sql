-- keelson
-- id: e010be6af57a
-- parents: b8e4798b770d, be04abe7cedd
-- message: join accounts and assistants
-- created: 2026-03-20T10:10:00Z
-- proof: up and down, PostgreSQL 18, sha256 325c7f918646897a

-- keelson:up

-- keelson:down
