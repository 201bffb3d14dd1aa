-- keelson
-- id: 30f7c49f266e
-- parents: 5c71e9088e56, 56b80dd256a8
-- message: join conversations and security
-- created: 2026-02-20T15:30:10Z
-- proof: up and down, PostgreSQL 15, sha256 325c7f918646897a

-- keelson:up

-- keelson:down
