import "server-only";

/**
 * Where a request came from: the one address that the front door (lib/server/http/front-door.ts) has left in the
 * header. Null where nothing stands before, as in a test of a handler.
 */
export function clientAddress(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
}
