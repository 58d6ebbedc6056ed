import "server-only";
import { createHash } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import type { Prisma, PrismaClient } from "./generated/client";

/**
 * Runs one statement with `$1`-style parameters and returns its rows. The same queries run on the pool, inside a
 * transaction of the engine, and inside a Prisma transaction of a use-case. Select no bigint: the drivers disagree on
 * it (string and BigInt); cast counts to `integer` or `float8`.
 */
export type Sql = <Row = unknown>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A transaction of a use-case: Prisma's client and plain SQL on one connection. */
export interface Transaction {
  prisma: Prisma.TransactionClient;
  sql: Sql;
}

const preparedNames = new Map<string, string>();

/**
 * Marks a statement of the hot path: each connection prepares it once, under a name, instead of parsing and planning it
 * at every call (for partitioned tables that costs more than running it). Only for texts that are constants.
 */
export function prepared(text: string): string {
  if (!preparedNames.has(text)) {
    // By its content: Next loads this module once per bundle, and all of them share the connections.
    preparedNames.set(text, `posthorn_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`);
  }
  return text;
}

export function poolSql(pool: Pool | ClientBase): Sql {
  return async <Row>(text: string, values: readonly unknown[] = []) => {
    const name = preparedNames.get(text);
    const query =
      name === undefined
        ? { text, values: values as unknown[] }
        : { name, text, values: values as unknown[] };
    return (await pool.query(query)).rows as Row[];
  };
}

/** One transaction on one connection of the pool; rolled back when `work` throws. */
export async function sqlTransaction<Result>(
  pool: Pool,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // The pool listens to what lies idle in it, not to what it lends: a connection that is lost while it is lent would
  // end the process. The next statement meets it.
  client.on("error", ignoreLoss);
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(poolSql(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that cannot even roll back is closed, not returned to the pool.
    await client.query("ROLLBACK").catch((failed: Error) => (broken = failed));
    throw error;
  } finally {
    client.release(broken);
    client.off("error", ignoreLoss);
  }
}

const ignoreLoss = () => undefined;

/** One Prisma transaction whose plain SQL shares the connection. */
export function prismaTransaction<Result>(
  prisma: PrismaClient,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return prisma.$transaction((client) => work({ prisma: client, sql: prismaSql(client) }), {
    // Waiting for a connection under load is not a failure yet; holding locks for long is.
    maxWait: 10_000,
    timeout: 20_000,
  });
}

function prismaSql(client: Prisma.TransactionClient): Sql {
  return <Row>(text: string, values: readonly unknown[] = []) =>
    client.$queryRawUnsafe(text, ...values) as Promise<Row[]>;
}
