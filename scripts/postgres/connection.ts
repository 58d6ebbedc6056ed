import pg from "pg";

export const databaseUser = "posthorn";

/** A URL that pg, Prisma's adapter and libpq all read: the folder of the Unix socket stands in `host`. */
export function connectionUrl(socketFolder: string, password: string, database: string): string {
  const host = encodeURIComponent(socketFolder);
  return `postgresql://${databaseUser}:${encodeURIComponent(password)}@localhost/${database}?host=${host}`;
}

/** Whether a query is answered within `timeoutMs`. */
export async function canConnect(url: string, timeoutMs: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on("error", () => undefined); // a connection that breaks is an answer, too: the query below rejects
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `work` on one connection that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // the statement that meets the broken connection reports it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates a database, also when several processes do so at once. `name` is one of ours, not a user's. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount) return;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
      if (error.code !== "42P04" && error.code !== "23505") throw error; // duplicate_database, unique_violation
    });
  });
}
