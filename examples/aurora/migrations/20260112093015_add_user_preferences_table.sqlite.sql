-- keelson
-- id: 25c45baa9b69
-- parents: 164468809966
-- message: Add user preferences table
-- created: 2026-01-12T09:30:15Z
-- proof: up and down, SQLite 3.53, sha256 ddf3bc1c0174001f

-- keelson:up
CREATE TABLE "user_preferences" (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "preference_key" VARCHAR(100),
  "preference_value" VARCHAR(255),
  "created_at" DATETIME
);

CREATE INDEX "ix_user_preferences_id" ON "user_preferences" ("id");

CREATE INDEX "ix_user_preferences_user_id" ON "user_preferences" ("user_id");

-- keelson:down
PRAGMA foreign_keys = OFF;

-- Destroys data: the table user_preferences with all its rows
DROP TABLE user_preferences;
