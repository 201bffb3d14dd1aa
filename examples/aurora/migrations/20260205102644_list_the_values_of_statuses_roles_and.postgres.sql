-- keelson
-- id: ef6747469b38
-- parents: 25c45baa9b69
-- message: List the values of statuses, roles and severities
-- created: 2026-02-05T10:26:44Z
-- proof: up and down, PostgreSQL 18, sha256 91a2dc1a87186434

-- keelson:up
-- A task without a status has not begun.
UPDATE synthesis_tasks SET status = 'pending' WHERE status IS NULL;

CREATE TYPE public.task_status AS ENUM ('pending', 'running', 'completed', 'failed');

-- Change column public.synthesis_tasks.status
-- Destroys data: column public.synthesis_tasks.status changes its type from character varying(20) to public.task_status, which may refuse, cut or round values
ALTER TABLE public.synthesis_tasks ALTER COLUMN status TYPE public.task_status USING status::public.task_status;

ALTER TABLE public.synthesis_tasks ALTER COLUMN status SET NOT NULL;

ALTER TABLE public.synthesis_tasks ALTER COLUMN status SET DEFAULT 'pending'::public.task_status;

ALTER TABLE public.alerts ADD CONSTRAINT ck_alerts_severity CHECK (((severity)::text = ANY (ARRAY[('info'::character varying)::text, ('warning'::character varying)::text, ('critical'::character varying)::text])));

ALTER TABLE public.audit_logs ADD CONSTRAINT ck_audit_logs_status CHECK (((status)::text = ANY (ARRAY[('success'::character varying)::text, ('failure'::character varying)::text])));

ALTER TABLE public.conversation_history ADD CONSTRAINT ck_conversation_history_role CHECK (((role)::text = ANY (ARRAY[('user'::character varying)::text, ('assistant'::character varying)::text, ('system'::character varying)::text])));

ALTER TABLE public.synthesis_tasks ADD CONSTRAINT ck_synthesis_tasks_framework CHECK (((framework)::text = ANY (ARRAY[('flask'::character varying)::text, ('function'::character varying)::text])));

ALTER TABLE public.system_metrics ADD CONSTRAINT ck_system_metrics_metric_type CHECK (((metric_type)::text = ANY (ARRAY[('cpu'::character varying)::text, ('memory'::character varying)::text, ('disk'::character varying)::text, ('service'::character varying)::text])));

ALTER TABLE public.system_metrics ADD CONSTRAINT ck_system_metrics_status CHECK (((status)::text = ANY (ARRAY[('healthy'::character varying)::text, ('warning'::character varying)::text, ('critical'::character varying)::text])));

ALTER TABLE public.system_metrics ADD CONSTRAINT ck_system_metrics_unit CHECK (((unit)::text = ANY (ARRAY[('%'::character varying)::text, ('GB'::character varying)::text, ('MB'::character varying)::text, ('count'::character varying)::text])));

-- keelson:down
-- Not brought back: column public.synthesis_tasks.status changes its type from character varying(20) to public.task_status, which may refuse, cut or round values

ALTER TABLE public.alerts DROP CONSTRAINT ck_alerts_severity;

ALTER TABLE public.audit_logs DROP CONSTRAINT ck_audit_logs_status;

ALTER TABLE public.conversation_history DROP CONSTRAINT ck_conversation_history_role;

ALTER TABLE public.synthesis_tasks DROP CONSTRAINT ck_synthesis_tasks_framework;

ALTER TABLE public.system_metrics DROP CONSTRAINT ck_system_metrics_metric_type;

ALTER TABLE public.system_metrics DROP CONSTRAINT ck_system_metrics_status;

ALTER TABLE public.system_metrics DROP CONSTRAINT ck_system_metrics_unit;

ALTER TABLE public.synthesis_tasks ALTER COLUMN status DROP DEFAULT;

-- Change column public.synthesis_tasks.status
-- Destroys data: column public.synthesis_tasks.status changes its type from public.task_status to character varying(20), which may refuse, cut or round values
ALTER TABLE public.synthesis_tasks ALTER COLUMN status TYPE character varying(20) USING status::character varying(20);

ALTER TABLE public.synthesis_tasks ALTER COLUMN status DROP NOT NULL;

DROP TYPE public.task_status;
