-- keelson
-- id: c01e765f0e3a
-- parents: b48fd269a1d2
-- message: find what went wrong
-- created: 2026-06-15T12:40:00Z
-- proof: up and down, PostgreSQL 18, sha256 a23161ece2a90082

-- keelson:up
CREATE INDEX idx_logs_level_created_at ON public.logs USING btree (level, created_at DESC);

-- keelson:down
DROP INDEX public.idx_logs_level_created_at;
