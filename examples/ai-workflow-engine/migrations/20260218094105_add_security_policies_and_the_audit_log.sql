-- keelson
-- id: 56b80dd256a8
-- parents: 5992b537902a
-- message: add security policies and the audit log
-- created: 2026-02-18T09:41:05Z
-- labels: security
-- proof: up and down, PostgreSQL 15, sha256 382efc60aaec5b6f

-- keelson:up
SET LOCAL check_function_bodies = off;

CREATE TYPE public.audit_action AS ENUM ('insert', 'update', 'delete');

CREATE TYPE public.policy_kind AS ENUM ('password', 'session', 'access', 'rate_limit');

CREATE TABLE public.audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY,
  occurred_at timestamp with time zone DEFAULT now() NOT NULL,
  user_id uuid,
  service_name text,
  database_user text NOT NULL,
  table_name text NOT NULL,
  row_key text NOT NULL,
  action public.audit_action NOT NULL,
  before jsonb,
  after jsonb,
  CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);

CREATE TABLE public.password_changes (
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id uuid NOT NULL,
  changed_at timestamp with time zone DEFAULT now() NOT NULL,
  changed_by uuid,
  service_name text,
  CONSTRAINT password_changes_pkey PRIMARY KEY (id)
);

CREATE TABLE public.security_policies (
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  kind public.policy_kind NOT NULL,
  description text DEFAULT ''::text NOT NULL,
  rules jsonb NOT NULL,
  is_enabled boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT security_policies_pkey PRIMARY KEY (id),
  CONSTRAINT security_policies_name_unique UNIQUE (name),
  CONSTRAINT security_policies_rules_check CHECK ((jsonb_typeof(rules) = 'object'::text))
);

CREATE OR REPLACE FUNCTION public.audit_rows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  key text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_log (user_id, service_name, database_user, table_name, row_key, action, after)
    SELECT security_user(), security_service(), session_user, TG_TABLE_NAME, value ->> key, 'insert', value
    FROM (SELECT to_jsonb(n) - 'password_hash' AS value FROM new_rows n) added;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO audit_log (user_id, service_name, database_user, table_name, row_key, action, before)
    SELECT security_user(), security_service(), session_user, TG_TABLE_NAME, value ->> key, 'delete', value
    FROM (SELECT to_jsonb(o) - 'password_hash' AS value FROM old_rows o) removed;
  ELSE
    INSERT INTO audit_log (user_id, service_name, database_user, table_name, row_key, action, before, after)
    SELECT security_user(), security_service(), session_user, TG_TABLE_NAME, o.value ->> key, 'update', o.value, n.value
    FROM (SELECT to_jsonb(r) - 'password_hash' AS value FROM old_rows r) o
    JOIN (SELECT to_jsonb(r) - 'password_hash' AS value FROM new_rows r) n ON n.value ->> key = o.value ->> key
    WHERE o.value - 'updated_at' IS DISTINCT FROM n.value - 'updated_at';
  END IF;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.note_password_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO password_changes (user_id, changed_by, service_name)
  VALUES (NEW.id, security_user(), security_service());
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.security_service()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT nullif(current_setting('app.service_name', true), '');
$function$;

CREATE OR REPLACE FUNCTION public.security_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  SELECT nullif(current_setting('app.user_id', true), '')::uuid;
$function$;

CREATE OR REPLACE FUNCTION public.set_security_context(user_id uuid, service_name text)
 RETURNS void
 LANGUAGE sql
AS $function$
  SELECT set_config('app.user_id', coalesce(user_id::text, ''), true),
         set_config('app.service_name', coalesce(service_name, ''), true);
$function$;

CREATE INDEX audit_log_row ON public.audit_log USING btree (table_name, row_key);

CREATE INDEX audit_log_time ON public.audit_log USING brin (occurred_at);

CREATE INDEX audit_log_user ON public.audit_log USING btree (user_id);

CREATE INDEX password_changes_user ON public.password_changes USING btree (user_id, changed_at);

CREATE TRIGGER audit_delete AFTER DELETE ON public.permissions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.permissions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('name');

CREATE TRIGGER audit_insert AFTER INSERT ON public.roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('name');

CREATE TRIGGER audit_update AFTER UPDATE ON public.roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('name');

CREATE TRIGGER audit_delete AFTER DELETE ON public.security_policies REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.security_policies REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.security_policies REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.security_policies FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

CREATE TRIGGER audit_delete AFTER DELETE ON public.system_settings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('key');

CREATE TRIGGER audit_insert AFTER INSERT ON public.system_settings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('key');

CREATE TRIGGER audit_update AFTER UPDATE ON public.system_settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('key');

CREATE TRIGGER audit_delete AFTER DELETE ON public.users REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.users REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.audit_rows('id');

CREATE TRIGGER note_password_change AFTER UPDATE OF password_hash ON public.users FOR EACH ROW WHEN ((old.password_hash IS DISTINCT FROM new.password_hash)) EXECUTE FUNCTION public.note_password_change();

-- keelson:down
DROP TRIGGER audit_delete ON public.permissions;

DROP TRIGGER audit_insert ON public.permissions;

DROP TRIGGER audit_update ON public.permissions;

DROP TRIGGER audit_delete ON public.roles;

DROP TRIGGER audit_insert ON public.roles;

DROP TRIGGER audit_update ON public.roles;

DROP TRIGGER audit_delete ON public.system_settings;

DROP TRIGGER audit_insert ON public.system_settings;

DROP TRIGGER audit_update ON public.system_settings;

DROP TRIGGER audit_delete ON public.users;

DROP TRIGGER audit_insert ON public.users;

DROP TRIGGER audit_update ON public.users;

DROP TRIGGER note_password_change ON public.users;

DROP FUNCTION public.note_password_change();

DROP FUNCTION public.security_service();

DROP FUNCTION public.security_user();

DROP FUNCTION public.set_security_context(uuid, text);

-- Destroys data: the table public.audit_log with all its rows
DROP TABLE public.audit_log;

-- Destroys data: the table public.password_changes with all its rows
DROP TABLE public.password_changes;

-- Destroys data: the table public.security_policies with all its rows
DROP TABLE public.security_policies;

DROP FUNCTION public.audit_rows();

DROP TYPE public.audit_action;

DROP TYPE public.policy_kind;
