type Values = Record<string, unknown>;

export interface DifferenceRow {
  /** As in `failurePolicy.preset`. */
  field: string;
  /** Null: there was no such field. */
  before: string | null;
  after: string | null;
}

/** What an entry says was before and after, field by field; objects by their own fields, lists as a whole. */
export function differenceRows(before: Values | null, after: Values | null): DifferenceRow[] {
  const [was, is] = [new Map(leaves("", before ?? {})), new Map(leaves("", after ?? {}))];
  return [...new Set([...was.keys(), ...is.keys()])].map((field) => ({
    field,
    before: was.get(field) ?? null,
    after: is.get(field) ?? null,
  }));
}

function leaves(path: string, value: unknown): [string, string][] {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isObject && (path === "" || Object.keys(value).length > 0)) {
    return Object.entries(value).flatMap(([key, child]) =>
      leaves(path === "" ? key : `${path}.${key}`, child),
    );
  }
  return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
}
