import "server-only";
import { compileSchema, type CompiledSchema } from "@/lib/domain/event-type-schema";
import { readSchemas } from "@/lib/server/db/event-types";
import type { Sql } from "@/lib/server/db/sql";

interface Compiled {
  updatedAt: Date;
  schema: CompiledSchema;
}

/** Compiling takes milliseconds and an event microseconds, so schemas stay compiled, the least recently used go. */
const compiledMax = 500;
const compiledSchemas = new Map<string, Compiled>();

/**
 * The compiled schemas of an organization's own types by name; a name that is missing is no type of theirs. One
 * statement, which tells every time whether a type was changed or deleted by another process.
 */
export async function ownSchemas(
  sql: Sql,
  organizationId: string,
  names: readonly string[],
): Promise<Map<string, CompiledSchema>> {
  if (names.length === 0) return new Map();
  const keyOf = (name: string) => `${organizationId} ${name}`;
  // Held here: while the database answers, other requests may push them out.
  const held = new Map(names.map((name) => [name, compiledSchemas.get(keyOf(name))]));
  const known = names.map((name) => ({ name, updatedAt: held.get(name)?.updatedAt ?? null }));
  const found = new Map<string, CompiledSchema>();
  for (const { name, updatedAt, schema } of await readSchemas(sql, organizationId, known)) {
    const compiled = schema === null ? held.get(name)! : { updatedAt, schema: compile(name, schema) };
    found.set(name, compiled.schema);
    keep(keyOf(name), compiled);
  }
  return found;
}

function keep(key: string, compiled: Compiled): void {
  compiledSchemas.delete(key);
  compiledSchemas.set(key, compiled);
  const oldest = compiledSchemas.keys().next();
  if (compiledSchemas.size > compiledMax && !oldest.done) compiledSchemas.delete(oldest.value);
}

function compile(name: string, schema: unknown): CompiledSchema {
  const result = compileSchema(schema);
  // It was checked when it was stored; what cannot be compiled now was refused then.
  if ("problem" in result) throw new Error(`The stored schema of ${name} cannot be used: ${result.problem}`);
  return result;
}
