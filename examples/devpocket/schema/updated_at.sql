-- updated_at is kept by the database, so that no client can forget it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER ssh_profiles_touch BEFORE UPDATE ON ssh_profiles FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER sync_data_touch BEFORE UPDATE ON sync_data FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
