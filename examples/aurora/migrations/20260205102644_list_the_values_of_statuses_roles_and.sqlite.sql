-- keelson
-- id: ef6747469b38
-- parents: 25c45baa9b69
-- message: List the values of statuses, roles and severities
-- created: 2026-02-05T10:26:44Z
-- proof: up and down, SQLite 3.53, sha256 e04f4fd271533b29

-- keelson:up
PRAGMA foreign_keys = OFF;

-- A task without a status has not begun.
UPDATE synthesis_tasks SET status = 'pending' WHERE status IS NULL;

ALTER TABLE alerts ADD CONSTRAINT "ck_alerts_severity" CHECK ("alerts"."severity" IN ('info', 'warning', 'critical'));

ALTER TABLE audit_logs ADD CONSTRAINT "ck_audit_logs_status" CHECK ("audit_logs"."status" IN ('success', 'failure'));

ALTER TABLE conversation_history ADD CONSTRAINT "ck_conversation_history_role" CHECK ("conversation_history"."role" IN ('user', 'assistant', 'system'));

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

ALTER TABLE system_metrics ADD CONSTRAINT "ck_system_metrics_metric_type" CHECK ("system_metrics"."metric_type" IN ('cpu', 'memory', 'disk', 'service'));

ALTER TABLE system_metrics ADD CONSTRAINT "ck_system_metrics_unit" CHECK ("system_metrics"."unit" IN ('%', 'GB', 'MB', 'count'));

ALTER TABLE system_metrics ADD CONSTRAINT "ck_system_metrics_status" CHECK ("system_metrics"."status" IN ('healthy', 'warning', 'critical'));

CREATE INDEX "ix_synthesis_tasks_id" ON "synthesis_tasks" ("id");

CREATE INDEX "ix_synthesis_tasks_user_id" ON "synthesis_tasks" ("user_id");

-- keelson:down
PRAGMA foreign_keys = OFF;

ALTER TABLE alerts DROP CONSTRAINT ck_alerts_severity;

ALTER TABLE audit_logs DROP CONSTRAINT ck_audit_logs_status;

ALTER TABLE conversation_history DROP CONSTRAINT ck_conversation_history_role;

CREATE TABLE new_synthesis_tasks (
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

INSERT INTO new_synthesis_tasks (id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at)
SELECT id, user_id, prompt, framework, status, result_data, files_generated, error_message, created_at, completed_at FROM synthesis_tasks;

DROP TABLE synthesis_tasks;

ALTER TABLE new_synthesis_tasks RENAME TO synthesis_tasks;

ALTER TABLE system_metrics DROP CONSTRAINT ck_system_metrics_metric_type;

ALTER TABLE system_metrics DROP CONSTRAINT ck_system_metrics_unit;

ALTER TABLE system_metrics DROP CONSTRAINT ck_system_metrics_status;

CREATE INDEX "ix_synthesis_tasks_id" ON "synthesis_tasks" ("id");

CREATE INDEX "ix_synthesis_tasks_user_id" ON "synthesis_tasks" ("user_id");
