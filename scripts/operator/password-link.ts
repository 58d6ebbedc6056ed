// password-link someone@example.com: a link by which that person sets a password.
import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { uuidV7 } from "../../lib/domain/ids.ts";
import { utcMinute } from "../../lib/domain/utc-minute.ts";
import { emailIn } from "../../lib/schemas/person.ts";
import { lockHolderByEmail } from "../../lib/server/db/password-links.ts";
import type { Sql } from "../../lib/server/db/sql.ts";
import { issuePasswordLink } from "../../lib/server/issue-password-link.ts";
import { passwordLink } from "../../lib/server/password-token.ts";
import { withClient } from "../postgres/connection.ts";
import { type OperatorPlace, say } from "./place.ts";

/** Returns the exit code. */
export async function runPasswordLink(place: OperatorPlace, args: readonly string[]): Promise<number> {
  try {
    await printLink(place, args);
    return 0;
  } catch (error) {
    console.error(`No link was made: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function printLink(place: OperatorPlace, [given, ...others]: readonly string[]): Promise<void> {
  if (given === undefined || others.length > 0)
    throw new Error(`name one e-mail address: ${place.callOf("password-link", "someone@example.com")}`);
  const email = emailIn.safeParse(given).data;
  if (email === undefined) throw new Error(`${given} is no e-mail address`);
  const instance = await place.open({ migrates: true });
  try {
    const program = place.nameOf("password-link");
    const { token, expiresAt } = await withClient(instance.databaseUrl, (client) =>
      makeLink(client, email, program),
    );
    say(`For ${email}; it works once, until ${utcMinute(expiresAt)}, and links made before it work no more:`);
    console.log(passwordLink(instance.url, token));
  } finally {
    await instance.close();
  }
}

/** An error leaves the transaction to the end of the connection, which rolls it back. */
async function makeLink(
  client: Client,
  email: string,
  userAgent: string,
): Promise<{ token: string; expiresAt: Date }> {
  const sql: Sql = async (text, values = []) => (await client.query(text, [...values])).rows;
  await sql("BEGIN");
  const holder = await lockHolderByEmail(sql, email);
  if (!holder) throw new Error(`there is no account with the address ${email}`);
  const now = new Date();
  const origin = { address: null, userAgent };
  const issued = await issuePasswordLink(sql, {
    ...{ holder, now, entry: { action: "account.password_link_made", origin } },
    newId: () => uuidV7(now, randomBytes(10)),
  });
  await sql("COMMIT");
  return issued;
}
