-- keelson
-- id: 334d865d75f2
-- parents: 614e5947b1ff
-- message: Add foreign keys to users
-- created: 2026-03-02T15:45:30Z
-- proof: up and down, SQLite 3.53, sha256 57cc0cbefc4ba32d

-- keelson:up
PRAGMA foreign_keys = OFF;

CREATE TABLE new_audit_logs (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "action" VARCHAR(100) NOT NULL,
  "resource_type" VARCHAR(50),
  "resource_id" integer,
  "details" JSON,
  "ip_address" VARCHAR(45),
  "user_agent" VARCHAR(255),
  "status" VARCHAR(20),
  "created_at" DATETIME,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE no action ON DELETE set null,
  CONSTRAINT "ck_audit_logs_status" CHECK (new_audit_logs."status" IN ('success', 'failure'))
);

INSERT INTO new_audit_logs (id, user_id, "action", resource_type, resource_id, details, ip_address, user_agent, status, created_at)
SELECT id, user_id, "action", resource_type, resource_id, details, ip_address, user_agent, status, created_at FROM audit_logs;

DROP TABLE audit_logs;

ALTER TABLE new_audit_logs RENAME TO audit_logs;

CREATE TABLE new_conversation_history (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "session_id" VARCHAR(100),
  "role" VARCHAR(20),
  "content" text NOT NULL,
  "extra_data" JSON,
  "created_at" DATETIME,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE no action ON DELETE cascade,
  CONSTRAINT "ck_conversation_history_role" CHECK (new_conversation_history."role" IN ('user', 'assistant', 'system'))
);

INSERT INTO new_conversation_history (id, user_id, session_id, role, content, extra_data, created_at)
SELECT id, user_id, session_id, role, content, extra_data, created_at FROM conversation_history;

DROP TABLE conversation_history;

ALTER TABLE new_conversation_history RENAME TO conversation_history;

CREATE TABLE new_synthesis_tasks (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "prompt" text NOT NULL,
  "framework" VARCHAR(50),
  "status" VARCHAR(20) DEFAULT 'pending' NOT NULL,
  "result_data" JSON,
  "files_generated" JSON,
  "error_message" text,
  "created_at" DATETIME,
  "completed_at" DATETIME,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE no action ON DELETE set null,
  CONSTRAINT "ck_synthesis_tasks_framework" CHECK (new_synthesis_tasks."framework" IN ('flask', 'function')),
  CONSTRAINT "ck_synthesis_tasks_status" CHECK (new_synthesis_tasks."status" IN ('pending', 'running', 'completed', 'failed'))
);

INSERT INTO new_synthesis_tasks (id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at)
SELECT id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at FROM synthesis_tasks;

DROP TABLE synthesis_tasks;

ALTER TABLE new_synthesis_tasks RENAME TO synthesis_tasks;

CREATE TABLE new_user_preferences (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "preference_key" VARCHAR(100),
  "preference_value" VARCHAR(255),
  "created_at" DATETIME,
  FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE no action ON DELETE cascade
);

INSERT INTO new_user_preferences (id, user_id, preference_key, preference_value, created_at)
SELECT id, user_id, preference_key, preference_value, created_at FROM user_preferences;

DROP TABLE user_preferences;

ALTER TABLE new_user_preferences RENAME TO user_preferences;

CREATE INDEX "ix_audit_logs_action" ON "audit_logs" ("action");

CREATE INDEX "ix_audit_logs_created_at" ON "audit_logs" ("created_at");

CREATE INDEX "ix_audit_logs_id" ON "audit_logs" ("id");

CREATE INDEX "ix_audit_logs_user_id" ON "audit_logs" ("user_id");

CREATE INDEX "ix_conversation_history_id" ON "conversation_history" ("id");

CREATE INDEX "ix_conversation_history_session_id" ON "conversation_history" ("session_id");

CREATE INDEX "ix_conversation_history_user_id" ON "conversation_history" ("user_id");

CREATE INDEX "ix_synthesis_tasks_id" ON "synthesis_tasks" ("id");

CREATE INDEX "ix_synthesis_tasks_user_id" ON "synthesis_tasks" ("user_id");

CREATE INDEX "ix_user_preferences_id" ON "user_preferences" ("id");

CREATE INDEX "ix_user_preferences_user_id" ON "user_preferences" ("user_id");

CREATE UNIQUE INDEX "uq_user_preferences_user_id_preference_key" ON "user_preferences" ("user_id", "preference_key");

-- keelson:down
PRAGMA foreign_keys = OFF;

CREATE TABLE new_audit_logs (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "action" VARCHAR(100) NOT NULL,
  "resource_type" VARCHAR(50),
  "resource_id" integer,
  "details" JSON,
  "ip_address" VARCHAR(45),
  "user_agent" VARCHAR(255),
  "status" VARCHAR(20),
  "created_at" DATETIME
, CONSTRAINT "ck_audit_logs_status" CHECK (new_audit_logs."status" IN ('success', 'failure')));

INSERT INTO new_audit_logs (id, user_id, "action", resource_type, resource_id, details, ip_address, user_agent, status, created_at)
SELECT id, user_id, "action", resource_type, resource_id, details, ip_address, user_agent, status, created_at FROM audit_logs;

DROP TABLE audit_logs;

ALTER TABLE new_audit_logs RENAME TO audit_logs;

CREATE TABLE new_conversation_history (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "session_id" VARCHAR(100),
  "role" VARCHAR(20),
  "content" text NOT NULL,
  "extra_data" JSON,
  "created_at" DATETIME
, CONSTRAINT "ck_conversation_history_role" CHECK (new_conversation_history."role" IN ('user', 'assistant', 'system')));

INSERT INTO new_conversation_history (id, user_id, session_id, role, content, extra_data, created_at)
SELECT id, user_id, session_id, role, content, extra_data, created_at FROM conversation_history;

DROP TABLE conversation_history;

ALTER TABLE new_conversation_history RENAME TO conversation_history;

CREATE TABLE new_synthesis_tasks (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "prompt" text NOT NULL,
  "framework" VARCHAR(50),
  "status" VARCHAR(20) DEFAULT 'pending' NOT NULL,
  "result_data" JSON,
  "files_generated" JSON,
  "error_message" text,
  "created_at" DATETIME,
  "completed_at" DATETIME,
  CONSTRAINT "ck_synthesis_tasks_framework" CHECK (new_synthesis_tasks."framework" IN ('flask', 'function')),
  CONSTRAINT "ck_synthesis_tasks_status" CHECK (new_synthesis_tasks."status" IN ('pending', 'running', 'completed', 'failed'))
);

INSERT INTO new_synthesis_tasks (id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at)
SELECT id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at FROM synthesis_tasks;

DROP TABLE synthesis_tasks;

ALTER TABLE new_synthesis_tasks RENAME TO synthesis_tasks;

CREATE TABLE new_user_preferences (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "preference_key" VARCHAR(100),
  "preference_value" VARCHAR(255),
  "created_at" DATETIME
);

INSERT INTO new_user_preferences (id, user_id, preference_key, preference_value, created_at)
SELECT id, user_id, preference_key, preference_value, created_at FROM user_preferences;

DROP TABLE user_preferences;

ALTER TABLE new_user_preferences RENAME TO user_preferences;

CREATE INDEX "ix_audit_logs_action" ON "audit_logs" ("action");

CREATE INDEX "ix_audit_logs_created_at" ON "audit_logs" ("created_at");

CREATE INDEX "ix_audit_logs_id" ON "audit_logs" ("id");

CREATE INDEX "ix_audit_logs_user_id" ON "audit_logs" ("user_id");

CREATE INDEX "ix_conversation_history_id" ON "conversation_history" ("id");

CREATE INDEX "ix_conversation_history_session_id" ON "conversation_history" ("session_id");

CREATE INDEX "ix_conversation_history_user_id" ON "conversation_history" ("user_id");

CREATE INDEX "ix_synthesis_tasks_id" ON "synthesis_tasks" ("id");

CREATE INDEX "ix_synthesis_tasks_user_id" ON "synthesis_tasks" ("user_id");

CREATE INDEX "ix_user_preferences_id" ON "user_preferences" ("id");

CREATE INDEX "ix_user_preferences_user_id" ON "user_preferences" ("user_id");
