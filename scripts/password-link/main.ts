// npm run password-link -- someone@example.com
import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { uuidV7 } from "../../lib/domain/ids.ts";
import { utcMinute } from "../../lib/domain/utc-minute.ts";
import { emailIn } from "../../lib/schemas/person.ts";
import { lockHolderByEmail } from "../../lib/server/db/password-links.ts";
import type { Sql } from "../../lib/server/db/sql.ts";
import { issuePasswordLink } from "../../lib/server/issue-password-link.ts";
import { passwordLink } from "../../lib/server/password-token.ts";
import { applyMigrations } from "../launcher/database.ts";
import { findDatabase } from "../launcher/find-database.ts";
import { readSettings } from "../launcher/settings.ts";
import { withClient } from "../postgres/connection.ts";

const say = (text: string) => console.log(`- ${text}`);

async function main(): Promise<void> {
  const [given, ...others] = process.argv.slice(2);
  if (given === undefined || others.length > 0)
    throw new Error("name one e-mail address: npm run password-link -- someone@example.com");
  const email = emailIn.safeParse(given).data;
  if (email === undefined) throw new Error(`${given} is no e-mail address`);
  const settings = readSettings("start");
  if ("problems" in settings)
    throw new Error(`the configuration has problems:\n- ${settings.problems.join("\n- ")}`);
  const database = await findDatabase(settings, new AbortController().signal);
  try {
    await applyMigrations(database.url, say);
    const { token, expiresAt } = await withClient(database.url, (client) => makeLink(client, email));
    say(`For ${email}; it works once, until ${utcMinute(expiresAt)}, and links made before it work no more:`);
    console.log(passwordLink(settings.configuration.url, token));
  } finally {
    await database.close();
  }
}

/** An error leaves the transaction to the end of the connection, which rolls it back. */
async function makeLink(client: Client, email: string): Promise<{ token: string; expiresAt: Date }> {
  const sql: Sql = async (text, values = []) => (await client.query(text, [...values])).rows;
  await sql("BEGIN");
  const holder = await lockHolderByEmail(sql, email);
  if (!holder) throw new Error(`there is no account with the address ${email}`);
  const now = new Date();
  const origin = { address: null, userAgent: "npm run password-link" };
  const issued = await issuePasswordLink(sql, {
    ...{ holder, now, entry: { action: "account.password_link_made", origin } },
    newId: () => uuidV7(now, randomBytes(10)),
  });
  await sql("COMMIT");
  return issued;
}

try {
  await main();
} catch (error) {
  console.error(`No link was made: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
