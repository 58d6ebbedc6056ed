import "server-only";

/**
 * For `Symbol.hasInstance` of an error that the process's own parts throw (lib/server/deps.ts) and a route catches. Next
 * bundles a module once for the start of the process and once for its routes, so that the class of who throws is not the
 * class of who catches. Its name is the same.
 */
export function isErrorNamed(value: unknown, name: string): value is Error {
  return value instanceof Error && value.name === name;
}
