import "server-only";
import { invalid } from "@/lib/server/app-error";

/**
 * The query parameters of a request by name. Throws 422 for one that comes more than once: an object has room for one
 * of its values, and the others would be dropped without a word.
 */
export function queryValues({ searchParams }: URL): Record<string, string> {
  const names = [...searchParams.keys()];
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  if (repeated.size > 0)
    throw invalid([...repeated].map((path) => ({ path, message: "is given more than once" })));
  return Object.fromEntries(searchParams);
}
