-- keelson
-- id: 0697506802e5
-- parents: d3dddcb7f483, d21aa53c62f5
-- message: Join sync and connections
-- created: 2026-03-16T08:45:57Z
-- proof: up and down, PostgreSQL 18, sha256 325c7f918646897a

-- keelson:up

-- keelson:down
