// rotate-keys [--check] [--batch=200]: encrypts every secret with the first key of POSTHORN_ENCRYPTION_KEY.
import { randomBytes } from "node:crypto";
import { uuidV7 } from "../../lib/domain/ids.ts";
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
import { withClient } from "../postgres/connection.ts";
import { type OperatorPlace, say } from "./place.ts";

const labels: Record<SealedKind, string> = {
  secrets: "signing secrets",
  headers: "custom headers",
  credentials: "credentials of service accounts",
};

interface Options {
  isCheck: boolean;
  batchSize: number;
}

/** Returns the exit code: 0 when nothing is left to do, or for a check; 2 when something is; 1 when it could not work. */
export async function runRotateKeys(place: OperatorPlace, args: readonly string[]): Promise<number> {
  try {
    const options = optionsFrom(place, args);
    const { isFinished, hasOthers } = await rotateKeys(place, options);
    if (!isFinished)
      say("Secrets are left under other keys: keep them in POSTHORN_ENCRYPTION_KEY and run this again");
    else if (hasOthers)
      say("Every secret is under the current key: the others can be removed from POSTHORN_ENCRYPTION_KEY");
    else say("Every secret is under the current key, the only one there is");
    return isFinished || options.isCheck ? 0 : 2;
  } catch (error) {
    console.error(`The keys were not rotated: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** A misspelt `--check` must not become the thing itself. */
function optionsFrom(place: OperatorPlace, args: readonly string[]): Options {
  const unknown = args.find((arg) => !/^--(check|batch=\d+)$/.test(arg));
  if (unknown !== undefined)
    throw new Error(`${unknown} is not known: ${place.callOf("rotate-keys", "[--check] [--batch=200]")}`);
  const batch = Number(args.join(" ").match(/--batch=(\d+)/)?.[1] ?? 200);
  return { isCheck: args.includes("--check"), batchSize: Math.min(1_000, Math.max(1, batch)) };
}

interface Rotation {
  /** Whether nothing is left under another key than the current one. */
  isFinished: boolean;
  /** Whether there are keys beside the current one. */
  hasOthers: boolean;
}

async function rotateKeys(place: OperatorPlace, options: Options): Promise<Rotation> {
  const instance = await place.open({ migrates: !options.isCheck });
  const { databaseUrl, encryptionKeys } = instance;
  try {
    const isFinished = await withClient(databaseUrl, (client) => {
      const sql: Sql = async (text, values = []) => (await client.query(text, [...values])).rows;
      return reseal(sql, encryptionKeys, { ...options, program: place.nameOf("rotate-keys") });
    });
    return { isFinished, hasOthers: encryptionKeys.length > 1 };
  } finally {
    await instance.close();
  }
}

/** Whether nothing is left under another key than the current one. */
async function reseal(
  sql: Sql,
  keys: readonly Buffer[],
  { isCheck, batchSize, program }: Options & { program: string },
): Promise<boolean> {
  const ids = keys.map(keyId);
  const current = ids[0] ?? "";
  say(`Keys: ${ids.map((id, index) => (index === 0 ? `${id} (encrypts)` : id)).join(", ")}`);
  const before = await countSealed(sql);
  report(before, current);
  requireKeys(before, ids);
  if (isCheck || leftIn(before, current) === 0) return leftIn(before, current) === 0;
  await audit(sql, before, current, program);
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
async function audit(sql: Sql, counts: SealedCounts, current: string, userAgent: string): Promise<void> {
  const now = new Date();
  const origin = { organizationId: null, address: null, userAgent };
  const actor = { actor: "system", actorLabel: "Posthorn", ...origin };
  const before = Object.fromEntries(sealedKinds.map((kind) => [kind, Object.fromEntries(counts[kind])]));
  const change = { action: "instance.secrets_resealed", target: current, before } as const;
  await insertAudit(sql, actor, change, now, uuidV7(now, randomBytes(10)));
}
