-- The security context: who works on the database, and through which service. It holds until the transaction ends.
CREATE FUNCTION set_security_context(user_id uuid, service_name text) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('app.user_id', coalesce(user_id::text, ''), true),
         set_config('app.service_name', coalesce(service_name, ''), true);
$$;

CREATE FUNCTION security_user() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('app.user_id', true), '')::uuid;
$$;

CREATE FUNCTION security_service() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('app.service_name', true), '');
$$;

-- Writes an entry for each row that a statement changed. The argument is the name of the key column.
CREATE FUNCTION audit_rows() RETURNS trigger LANGUAGE plpgsql AS $$
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
$$;

CREATE FUNCTION note_password_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO password_changes (user_id, changed_by, service_name)
  VALUES (NEW.id, security_user(), security_service());
  RETURN NULL;
END
$$;

CREATE TRIGGER note_password_change AFTER UPDATE OF password_hash ON users
  FOR EACH ROW WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash) EXECUTE FUNCTION note_password_change();

CREATE TRIGGER audit_insert AFTER INSERT ON users REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_update AFTER UPDATE ON users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_delete AFTER DELETE ON users REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');

CREATE TRIGGER audit_insert AFTER INSERT ON roles REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('name');
CREATE TRIGGER audit_update AFTER UPDATE ON roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('name');
CREATE TRIGGER audit_delete AFTER DELETE ON roles REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('name');

CREATE TRIGGER audit_insert AFTER INSERT ON permissions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_update AFTER UPDATE ON permissions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_delete AFTER DELETE ON permissions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');

CREATE TRIGGER audit_insert AFTER INSERT ON system_settings REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('key');
CREATE TRIGGER audit_update AFTER UPDATE ON system_settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('key');
CREATE TRIGGER audit_delete AFTER DELETE ON system_settings REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('key');

CREATE TRIGGER audit_insert AFTER INSERT ON security_policies REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_update AFTER UPDATE ON security_policies REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
CREATE TRIGGER audit_delete AFTER DELETE ON security_policies REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('id');
