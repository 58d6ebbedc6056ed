import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import { compileSchema, type CompiledSchema } from "@/lib/domain/event-type-schema";
import type { Problem } from "@/lib/domain/problem";

const compiledSchemas = new Map<string, CompiledSchema>();

/** The compiled schema of a built-in type, made once; null for a name that is none. */
export function builtInSchema(name: string): CompiledSchema | null {
  const known = compiledSchemas.get(name);
  if (known !== undefined) return known;
  const definition = findBuiltIn(name);
  if (definition === null) return null;
  const result = compileSchema(definition.schema);
  if ("problem" in result)
    throw new Error(`The built-in event type ${name} has no usable schema: ${result.problem}`);
  compiledSchemas.set(name, result);
  return result;
}

/**
 * Everything that is wrong with the data of a built-in event type: its schema first, then what no schema can say.
 * Throws for a name that is no built-in type.
 */
export function builtInDataProblems(name: string, data: unknown): Problem[] {
  const schema = builtInSchema(name);
  if (schema === null) throw new Error(`There is no built-in event type ${name}`);
  const problems = schema.validate(data);
  return problems.length > 0 ? problems : semanticProblems(name, data);
}

/**
 * What is wrong with data that satisfies its schema, because two fields contradict each other; empty for types
 * without such fields and for data that does not satisfy its schema.
 */
export function semanticProblems(name: string, data: unknown): Problem[] {
  if (!name.startsWith("scheduling.") || typeof data !== "object" || data === null) return [];
  const { meetingStart, meetingEnd } = data as { meetingStart?: unknown; meetingEnd?: unknown };
  if (typeof meetingStart !== "string" || typeof meetingEnd !== "string") return [];
  const [start, end] = [Date.parse(meetingStart), Date.parse(meetingEnd)];
  return end <= start ? [{ path: "data.meetingEnd", message: "must be after meetingStart" }] : [];
}
