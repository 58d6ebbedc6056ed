/** A refusal of the dashboard's own routes; react-query's retry rule reads its status. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads one of `/api/internal`. Throws FetchError with the sentence of the problem document. What answers is this
 * same program, so its word is taken for the type.
 */
export async function fetchJson<Value>(path: string, signal?: AbortSignal): Promise<Value> {
  const response = await fetch(path, { ...(signal && { signal }), headers: { accept: "application/json" } });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new FetchError(response.status, problem.detail ?? "The server did not answer as expected.");
  }
  return (await response.json()) as Value;
}

/** The path with its query; what is undefined, null or empty is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}
