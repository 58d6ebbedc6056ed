import type { Client } from "pg";

/** Tables of the whole instance, which are nobody's belongings, and what only counts requests. */
const instanceTables = [
  "api_key_rate",
  "ended_session",
  "endpoint_start",
  "_prisma_migrations",
  "instance_setting",
  "ledger_day",
  "organization",
  "sign_in_throttle",
  "worker",
];

/** Whose the rows are that have no organization of their own, as a condition on `$1`. */
const ownedThrough: Record<string, string> = {
  external_identity: "user_id IN (SELECT user_id FROM membership WHERE organization_id = $1)",
  password_link: "user_id IN (SELECT user_id FROM membership WHERE organization_id = $1)",
  app_user: "id IN (SELECT user_id FROM membership WHERE organization_id = $1)",
  inbox_request: "inbox_id IN (SELECT id FROM inbox WHERE organization_id = $1)",
};

/** Tables between which the engine moves rows by itself, and what stays the same meanwhile. */
const movedBetween = ["delivery_stat", "delivery_stat_recent"];
const sumOfMoved = {
  name: "delivery_count",
  rows: `(SELECT organization_id, hour, endpoint_id, succeeded, bucket, sum(attempts)
          FROM delivery_count GROUP BY organization_id, hour, endpoint_id, succeeded, bucket)`,
  condition: "organization_id = $1",
};

export type Snapshot = Record<string, string>;

/**
 * A digest of every row that is an organization's, by table. A table of which nobody said whose its rows are fails
 * here, by name: a new one is either the instance's or somebody's.
 */
export async function takeSnapshot(database: Client, organization: string): Promise<Snapshot> {
  const tables = Object.entries(await conditions(database)).map(([name, condition]) => ({
    name,
    rows: `"${name}"`,
    condition,
  }));
  const parts = [...tables, sumOfMoved].map(
    ({ name, rows, condition }) =>
      `SELECT '${name}' AS name,
        coalesce(md5(string_agg(to_jsonb(t)::text, '|' ORDER BY to_jsonb(t)::text)), '') AS digest
       FROM ${rows} t WHERE ${condition}`,
  );
  const { rows } = await database.query<{ name: string; digest: string }>(parts.join(" UNION ALL "), [
    organization,
  ]);
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

let known: Record<string, string> | undefined;

async function conditions(database: Client): Promise<Record<string, string>> {
  if (known) return known;
  const { rows } = await database.query<{ name: string; is_owned: boolean }>(
    `SELECT relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND attname = 'organization_id')
       AS is_owned
     FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  const found: Record<string, string> = { organization: "id = $1" };
  for (const { name, is_owned: isOwned } of rows) {
    if (movedBetween.includes(name)) continue;
    if (isOwned) found[name] = "organization_id = $1";
    else if (ownedThrough[name]) found[name] = ownedThrough[name];
    else if (!instanceTables.includes(name)) throw new Error(`Whose are the rows of the table ${name}?`);
  }
  return (known = found);
}

/** The tables in which something is different. */
export function changedTables(before: Snapshot, after: Snapshot): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
