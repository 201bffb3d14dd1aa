-- keelson
-- id: 164468809966
-- parents:
-- message: Initial schema: users, tasks, conversations, metrics, alerts, audit logs
-- created: 2025-11-10T19:40:23Z
-- proof: up and down, SQLite 3.53, sha256 338782d4b6e54659

-- keelson:up
CREATE TABLE "alerts" (
  "id" integer PRIMARY KEY NOT NULL,
  "severity" VARCHAR(20),
  "component" VARCHAR(100),
  "title" VARCHAR(255) NOT NULL,
  "message" text NOT NULL,
  "value" FLOAT,
  "threshold" FLOAT,
  "is_resolved" BOOLEAN,
  "resolved_at" DATETIME,
  "created_at" DATETIME
);

CREATE TABLE "audit_logs" (
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
);

CREATE TABLE "conversation_history" (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "session_id" VARCHAR(100),
  "role" VARCHAR(20),
  "content" text NOT NULL,
  "extra_data" JSON,
  "created_at" DATETIME
);

CREATE TABLE "synthesis_tasks" (
  "id" integer PRIMARY KEY NOT NULL,
  "user_id" integer,
  "prompt" text NOT NULL,
  "framework" VARCHAR(50),
  "status" VARCHAR(20),
  "result_data" JSON,
  "files_generated" JSON,
  "error_message" text,
  "created_at" DATETIME,
  "completed_at" DATETIME
);

CREATE TABLE "system_metrics" (
  "id" integer PRIMARY KEY NOT NULL,
  "metric_type" VARCHAR(50),
  "component" VARCHAR(100),
  "value" FLOAT,
  "unit" VARCHAR(20),
  "status" VARCHAR(20),
  "extra_data" JSON,
  "created_at" DATETIME
);

CREATE TABLE "users" (
  "id" integer PRIMARY KEY NOT NULL,
  "username" VARCHAR(50) NOT NULL,
  "email" VARCHAR(255) NOT NULL,
  "hashed_password" VARCHAR(255) NOT NULL,
  "full_name" VARCHAR(255),
  "is_active" BOOLEAN,
  "is_superuser" BOOLEAN,
  "created_at" DATETIME,
  "updated_at" DATETIME
);

CREATE INDEX "ix_alerts_component" ON "alerts" ("component");

CREATE INDEX "ix_alerts_created_at" ON "alerts" ("created_at");

CREATE INDEX "ix_alerts_id" ON "alerts" ("id");

CREATE INDEX "ix_alerts_severity" ON "alerts" ("severity");

CREATE INDEX "ix_audit_logs_action" ON "audit_logs" ("action");

CREATE INDEX "ix_audit_logs_created_at" ON "audit_logs" ("created_at");

CREATE INDEX "ix_audit_logs_id" ON "audit_logs" ("id");

CREATE INDEX "ix_audit_logs_user_id" ON "audit_logs" ("user_id");

CREATE INDEX "ix_conversation_history_id" ON "conversation_history" ("id");

CREATE INDEX "ix_conversation_history_session_id" ON "conversation_history" ("session_id");

CREATE INDEX "ix_conversation_history_user_id" ON "conversation_history" ("user_id");

CREATE INDEX "ix_synthesis_tasks_id" ON "synthesis_tasks" ("id");

CREATE INDEX "ix_synthesis_tasks_user_id" ON "synthesis_tasks" ("user_id");

CREATE INDEX "ix_system_metrics_created_at" ON "system_metrics" ("created_at");

CREATE INDEX "ix_system_metrics_id" ON "system_metrics" ("id");

CREATE INDEX "ix_system_metrics_metric_type" ON "system_metrics" ("metric_type");

CREATE UNIQUE INDEX "ix_users_email" ON "users" ("email");

CREATE INDEX "ix_users_id" ON "users" ("id");

CREATE UNIQUE INDEX "ix_users_username" ON "users" ("username");

-- keelson:down
PRAGMA foreign_keys = OFF;

-- Destroys data: the table users with all its rows
DROP TABLE users;

-- Destroys data: the table system_metrics with all its rows
DROP TABLE system_metrics;

-- Destroys data: the table synthesis_tasks with all its rows
DROP TABLE synthesis_tasks;

-- Destroys data: the table conversation_history with all its rows
DROP TABLE conversation_history;

-- Destroys data: the table audit_logs with all its rows
DROP TABLE audit_logs;

-- Destroys data: the table alerts with all its rows
DROP TABLE alerts;
