-- How much a line of a log matters.
CREATE TYPE log_level AS ENUM ('debug', 'info', 'warn', 'error', 'fatal');

-- What scripts print while they run. A script may be gone while its log is kept, so there is no foreign key.
CREATE TABLE logs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    script_uri TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    level log_level NOT NULL DEFAULT 'info'
);

-- The newest lines of one script are read most.
CREATE INDEX idx_logs_script_uri_created_at ON logs (script_uri, created_at DESC);

-- What went wrong lately, whichever script it was.
CREATE INDEX idx_logs_level_created_at ON logs (level, created_at DESC);
