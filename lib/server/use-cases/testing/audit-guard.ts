import type { TestDatabase } from "@/lib/server/db/testing/test-database";

/** What people and keys change. What the engine writes all the time (deliveries, attempts, statistics) is not here. */
const guardedTables = [
  ...["organization", "app_user", "membership", "invitation", "api_key", "endpoint", "endpoint_secret"],
  ...[
    "event_type",
    "inbox",
    "inbox_request",
    "instance_setting",
    "replay",
    "review_note",
    "mail_outbox",
    "external_identity",
    "ended_session",
    "meeting",
    "meeting_change",
    "member_setting",
    "password_link",
    "organization_setting",
    "service_account",
  ],
];

/**
 * From now on, while it is armed, the database refuses to commit a change of those tables without an audit entry of the
 * same transaction.
 */
export async function installAuditGuard(
  database: TestDatabase,
): Promise<(isArmed: boolean) => Promise<void>> {
  await database.query(`
    CREATE TABLE audit_guard (is_armed boolean NOT NULL);
    INSERT INTO audit_guard VALUES (false);
    CREATE FUNCTION audited_in_this_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT is_armed FROM audit_guard)
        AND NOT EXISTS (SELECT FROM audit_entry WHERE xmin = pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION '% of % without an audit entry in the same transaction', TG_OP, TG_TABLE_NAME;
      END IF;
      RETURN NULL;
    END $$`);
  for (const table of guardedTables) {
    await database.query(`
      CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON ${table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audited_in_this_transaction()`);
  }
  return async (isArmed) => {
    await database.query("UPDATE audit_guard SET is_armed = $1", [isArmed]);
  };
}
