-- JavaScript code that the engine serves, one row per script.
CREATE TABLE scripts (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    uri TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    initialized BOOLEAN NOT NULL DEFAULT FALSE,
    init_error TEXT,
    last_init_time TIMESTAMPTZ,
    -- Scripts with a higher number are initialised first.
    priority INTEGER NOT NULL DEFAULT 0
);
