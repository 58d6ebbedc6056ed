ALTER TABLE audit_entry ADD COLUMN user_agent text;

-- What is older than 90 days is looked for every hour.
CREATE INDEX audit_entry_at_idx ON audit_entry (at);

-- Entries are written and read, and deleted once they are older than 90 days by the database's clock; nothing else. The
-- same holds for the table's owner, who would have to take the triggers away first (docs/decisions/015).
CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < clock_timestamp() - interval '90 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER keep_audit_entry BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();
CREATE TRIGGER keep_audit_log BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_entry();

-- ALWAYS: also in a session that plays a replica, which any superuser can.
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER keep_audit_entry;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER keep_audit_log;
