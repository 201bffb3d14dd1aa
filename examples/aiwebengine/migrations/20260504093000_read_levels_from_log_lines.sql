-- keelson
-- id: b48fd269a1d2
-- parents: 5492587fa1c8
-- message: read levels from log lines
-- created: 2026-05-04T09:30:00Z
-- proof: up and down, PostgreSQL 18, sha256 43930767690d0d32

-- keelson:up
-- Scripts used to write the level into the line itself: [ERROR] out of memory
UPDATE logs
SET level = lower(substring(message FROM '^\[(DEBUG|WARN|ERROR|FATAL)\]'))::log_level
WHERE message ~ '^\[(DEBUG|WARN|ERROR|FATAL)\]';

-- keelson:down
-- The lines themselves were not changed, so that the way up can read them again.
UPDATE logs SET level = 'info' WHERE level <> 'info';

-- keelson:verify
SELECT id FROM logs WHERE message LIKE '[ERROR]%' AND level <> 'error' LIMIT 1;
