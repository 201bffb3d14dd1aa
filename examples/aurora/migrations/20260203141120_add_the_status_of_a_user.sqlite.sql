-- keelson
-- id: f87f6c99c1fb
-- parents: 25c45baa9b69
-- message: Add the status of a user
-- created: 2026-02-03T14:11:20Z
-- proof: up and down, SQLite 3.53, sha256 51e6e0ba02e8d6d5

-- keelson:up
ALTER TABLE users ADD COLUMN "status" VARCHAR(20);

-- Who is not active, or of whom it is not known, has no status yet.
UPDATE users SET status = 'active' WHERE is_active = 1;

-- keelson:down
-- Destroys data: the column users.status with all its values
ALTER TABLE users DROP COLUMN status;
