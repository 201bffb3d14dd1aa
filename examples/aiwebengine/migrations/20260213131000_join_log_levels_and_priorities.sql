-- keelson
-- id: 0fec764e119b
-- parents: c2e78d413399, 7e5b1dc28888
-- message: join log levels and priorities
-- created: 2026-02-13T13:10:00Z
-- proof: up and down, PostgreSQL 18, sha256 325c7f918646897a

-- keelson:up

-- keelson:down
