-- keelson
-- id: 164468809966
-- parents:
-- message: Initial schema: users, tasks, conversations, metrics, alerts, audit logs
-- created: 2025-11-10T19:40:23Z
-- proof: up and down, PostgreSQL 18, sha256 aa8d497dead51067

-- keelson:up
CREATE SEQUENCE public.alerts_id_seq AS integer;

CREATE SEQUENCE public.audit_logs_id_seq AS integer;

CREATE SEQUENCE public.conversation_history_id_seq AS integer;

CREATE SEQUENCE public.synthesis_tasks_id_seq AS integer;

CREATE SEQUENCE public.system_metrics_id_seq AS integer;

CREATE SEQUENCE public.users_id_seq AS integer;

CREATE TABLE public.alerts (
  id integer DEFAULT nextval('public.alerts_id_seq'::regclass) NOT NULL,
  severity character varying(20),
  component character varying(100),
  title character varying(255) NOT NULL,
  message text NOT NULL,
  value double precision,
  threshold double precision,
  is_resolved boolean,
  resolved_at timestamp without time zone,
  created_at timestamp without time zone,
  CONSTRAINT alerts_pkey PRIMARY KEY (id)
);

CREATE TABLE public.audit_logs (
  id integer DEFAULT nextval('public.audit_logs_id_seq'::regclass) NOT NULL,
  user_id integer,
  action character varying(100) NOT NULL,
  resource_type character varying(50),
  resource_id integer,
  details json,
  ip_address character varying(45),
  user_agent character varying(255),
  status character varying(20),
  created_at timestamp without time zone,
  CONSTRAINT audit_logs_pkey PRIMARY KEY (id)
);

CREATE TABLE public.conversation_history (
  id integer DEFAULT nextval('public.conversation_history_id_seq'::regclass) NOT NULL,
  user_id integer,
  session_id character varying(100),
  role character varying(20),
  content text NOT NULL,
  extra_data json,
  created_at timestamp without time zone,
  CONSTRAINT conversation_history_pkey PRIMARY KEY (id)
);

CREATE TABLE public.synthesis_tasks (
  id integer DEFAULT nextval('public.synthesis_tasks_id_seq'::regclass) NOT NULL,
  user_id integer,
  prompt text NOT NULL,
  framework character varying(50),
  status character varying(20),
  result_data json,
  files_generated json,
  error_message text,
  created_at timestamp without time zone,
  completed_at timestamp without time zone,
  CONSTRAINT synthesis_tasks_pkey PRIMARY KEY (id)
);

CREATE TABLE public.system_metrics (
  id integer DEFAULT nextval('public.system_metrics_id_seq'::regclass) NOT NULL,
  metric_type character varying(50),
  component character varying(100),
  value double precision,
  unit character varying(20),
  status character varying(20),
  extra_data json,
  created_at timestamp without time zone,
  CONSTRAINT system_metrics_pkey PRIMARY KEY (id)
);

CREATE TABLE public.users (
  id integer DEFAULT nextval('public.users_id_seq'::regclass) NOT NULL,
  username character varying(50) NOT NULL,
  email character varying(255) NOT NULL,
  hashed_password character varying(255) NOT NULL,
  full_name character varying(255),
  is_active boolean,
  is_superuser boolean,
  created_at timestamp without time zone,
  updated_at timestamp without time zone,
  CONSTRAINT users_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.alerts_id_seq OWNED BY public.alerts.id;

ALTER SEQUENCE public.audit_logs_id_seq OWNED BY public.audit_logs.id;

ALTER SEQUENCE public.conversation_history_id_seq OWNED BY public.conversation_history.id;

ALTER SEQUENCE public.synthesis_tasks_id_seq OWNED BY public.synthesis_tasks.id;

ALTER SEQUENCE public.system_metrics_id_seq OWNED BY public.system_metrics.id;

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;

CREATE INDEX ix_alerts_component ON public.alerts USING btree (component);

CREATE INDEX ix_alerts_created_at ON public.alerts USING btree (created_at);

CREATE INDEX ix_alerts_id ON public.alerts USING btree (id);

CREATE INDEX ix_alerts_severity ON public.alerts USING btree (severity);

CREATE INDEX ix_audit_logs_action ON public.audit_logs USING btree (action);

CREATE INDEX ix_audit_logs_created_at ON public.audit_logs USING btree (created_at);

CREATE INDEX ix_audit_logs_id ON public.audit_logs USING btree (id);

CREATE INDEX ix_audit_logs_user_id ON public.audit_logs USING btree (user_id);

CREATE INDEX ix_conversation_history_id ON public.conversation_history USING btree (id);

CREATE INDEX ix_conversation_history_session_id ON public.conversation_history USING btree (session_id);

CREATE INDEX ix_conversation_history_user_id ON public.conversation_history USING btree (user_id);

CREATE INDEX ix_synthesis_tasks_id ON public.synthesis_tasks USING btree (id);

CREATE INDEX ix_synthesis_tasks_user_id ON public.synthesis_tasks USING btree (user_id);

CREATE INDEX ix_system_metrics_created_at ON public.system_metrics USING btree (created_at);

CREATE INDEX ix_system_metrics_id ON public.system_metrics USING btree (id);

CREATE INDEX ix_system_metrics_metric_type ON public.system_metrics USING btree (metric_type);

CREATE UNIQUE INDEX ix_users_email ON public.users USING btree (email);

CREATE INDEX ix_users_id ON public.users USING btree (id);

CREATE UNIQUE INDEX ix_users_username ON public.users USING btree (username);

-- keelson:down
-- Destroys data: the table public.alerts with all its rows
DROP TABLE public.alerts;

-- Destroys data: the table public.audit_logs with all its rows
DROP TABLE public.audit_logs;

-- Destroys data: the table public.conversation_history with all its rows
DROP TABLE public.conversation_history;

-- Destroys data: the table public.synthesis_tasks with all its rows
DROP TABLE public.synthesis_tasks;

-- Destroys data: the table public.system_metrics with all its rows
DROP TABLE public.system_metrics;

-- Destroys data: the table public.users with all its rows
DROP TABLE public.users;
