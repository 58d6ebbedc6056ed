import { setTimeout as delay } from "node:timers/promises";
import { withClient } from "../postgres/connection.ts";

const oldestVersion = 15;

/** Waits up to half a minute for a database that starts beside us (containers do); then says why it cannot go on. */
export async function waitForDatabase(databaseUrl: string, stop?: AbortSignal): Promise<void> {
  const triesUntil = performance.now() + 30_000;
  for (;;) {
    const outcome = await withClient(databaseUrl, async (client) => {
      const found = await client.query<{ server_version_num: string }>("SHOW server_version_num");
      return Math.floor(Number(found.rows[0]?.server_version_num) / 10_000);
    }).catch((error: NodeJS.ErrnoException) => error);
    if (outcome instanceof Error) {
      if (performance.now() > triesUntil)
        throw new Error(`DATABASE_URL cannot be reached: ${reasonOf(outcome)}`);
      await delay(500, undefined, stop && { signal: stop });
    } else if (outcome < oldestVersion) {
      throw new Error(`PostgreSQL ${oldestVersion} or newer is needed; DATABASE_URL leads to ${outcome}.`);
    } else return;
  }
}

/** A refused connection to several addresses has only a code; nothing here may hold the URL. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return error.message || error.code || error.name;
}
