-- What scripts print while they run. A script may be gone while its log is kept, so there is no foreign key.
CREATE TABLE IF NOT EXISTS logs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    script_uri TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- The newest lines of one script are read most.
CREATE INDEX IF NOT EXISTS idx_logs_script_uri_created_at ON logs (script_uri, created_at DESC);
