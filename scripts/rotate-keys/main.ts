// npm run rotate-keys [-- --check] [-- --batch=200]
import { randomBytes } from "node:crypto";
import { uuidV7 } from "../../lib/domain/ids.ts";
import { parseEnvironment } from "../../lib/schemas/environment.ts";
import { insertAudit } from "../../lib/server/db/insert-audit.ts";
import type { Sql } from "../../lib/server/db/sql.ts";
import {
  countSealed,
  requireKeys,
  resealAll,
  sealedKinds,
  type SealedCounts,
  type SealedKind,
} from "../../lib/server/reseal.ts";
import { createSealer, keyId } from "../../lib/server/sealing.ts";
import { applyMigrations } from "../launcher/database.ts";
import { findDatabase } from "../launcher/find-database.ts";
import { withClient } from "../postgres/connection.ts";
import { readSettings } from "../launcher/settings.ts";

const say = (text: string) => console.log(`- ${text}`);
const labels: Record<SealedKind, string> = {
  secrets: "signing secrets",
  headers: "custom headers",
  credentials: "credentials of service accounts",
};
const options = process.argv.slice(2);
const isCheck = options.includes("--check");
const batchSize = Math.min(1_000, Math.max(1, Number(options.join(" ").match(/--batch=(\d+)/)?.[1] ?? 200)));

async function main(): Promise<boolean> {
  const settings = readSettings("start");
  if ("problems" in settings)
    throw new Error(`the configuration has problems:\n- ${settings.problems.join("\n- ")}`);
  const stop = new AbortController();
  const database = await findDatabase(settings, stop.signal);
  try {
    const keys = settings.configuration.encryptionKeys ?? generatedKeys(database.generatedKey);
    if (!isCheck) await applyMigrations(database.url, say);
    return await withClient(database.url, (client) => {
      const sql: Sql = async (text, values = []) => (await client.query(text, [...values])).rows;
      return rotate(sql, keys);
    });
  } finally {
    await database.close();
  }
}

function generatedKeys(text: string | null): readonly Buffer[] {
  const parsed = parseEnvironment({ POSTHORN_ENCRYPTION_KEY: text ?? "" });
  const keys = parsed.ok ? parsed.configuration.encryptionKeys : null;
  if (!keys) throw new Error("there is no POSTHORN_ENCRYPTION_KEY");
  return keys;
}

/** Whether nothing is left under another key than the current one. */
async function rotate(sql: Sql, keys: readonly Buffer[]): Promise<boolean> {
  const ids = keys.map(keyId);
  const current = ids[0] ?? "";
  say(`Keys: ${ids.map((id, index) => (index === 0 ? `${id} (encrypts)` : id)).join(", ")}`);
  const before = await countSealed(sql);
  report(before, current);
  requireKeys(before, ids);
  if (isCheck || leftIn(before, current) === 0) return leftIn(before, current) === 0;
  await audit(sql, before, current);
  const done = await resealAll({
    ...{ sql, sealer: createSealer(keys), keyId: current, batchSize },
    onProgress: (kind, count) => say(`Encrypted anew: ${count} ${labels[kind]}`),
  });
  const after = await countSealed(sql);
  const parts = sealedKinds.map((kind) => `${done[kind]} ${labels[kind]}`);
  say(`Done: ${new Intl.ListFormat("en").format(parts)} encrypted with ${current}`);
  report(after, current);
  return leftIn(after, current) === 0;
}

function report(counts: SealedCounts, current: string): void {
  for (const kind of sealedKinds) {
    const parts = [...counts[kind]].map(
      ([id, count]) => `${count} under ${id}${id === current ? " (current)" : ""}`,
    );
    say(`There are ${parts.length > 0 ? parts.join(", ") : "none"}: ${labels[kind]}`);
  }
}

const leftIn = (counts: SealedCounts, current: string) =>
  sealedKinds
    .flatMap((kind) => [...counts[kind]])
    .reduce((sum, [id, count]) => sum + (id === current ? 0 : count), 0);

/** Before the first text is touched: an entry that names a run that was then interrupted is true all the same. */
async function audit(sql: Sql, counts: SealedCounts, current: string): Promise<void> {
  const now = new Date();
  const origin = { organizationId: null, address: null, userAgent: "npm run rotate-keys" };
  const actor = { actor: "system", actorLabel: "Posthorn", ...origin };
  const before = Object.fromEntries(sealedKinds.map((kind) => [kind, Object.fromEntries(counts[kind])]));
  const change = { action: "instance.secrets_resealed", target: current, before } as const;
  await insertAudit(sql, actor, change, now, uuidV7(now, randomBytes(10)));
}

try {
  const isFinished = await main();
  if (isFinished)
    say("Every secret is under the current key: the others can be removed from POSTHORN_ENCRYPTION_KEY");
  else say("Secrets are left under other keys: keep them in POSTHORN_ENCRYPTION_KEY and run this again");
  process.exitCode = isFinished || isCheck ? 0 : 2;
} catch (error) {
  console.error(`The keys were not rotated: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
