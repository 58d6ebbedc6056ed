import { z } from "zod";

/** What a form sends of how it was when it was loaded or last saved, as JSON; "" where it does not tell. */
export const loadedIn = z.string("must be text").default("");

/**
 * The fields of a form that are not what they were when it was loaded: what others have saved since then stays as they
 * left it. All of them, where `loaded` is nothing that `Loaded` can read. By the letter, so that keys in another order
 * are a change; both sides come from the same schema.
 */
export function changedFields<Fields extends object>(
  fields: Fields,
  loaded: string,
  Loaded: z.ZodType<Partial<Fields>>,
): Partial<Fields> {
  const before = readLoaded(loaded, Loaded);
  if (before === null) return fields;
  const changed = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Fields]),
  );
  return Object.fromEntries(changed) as Partial<Fields>;
}

function readLoaded<Fields>(loaded: string, Loaded: z.ZodType<Fields>): Fields | null {
  try {
    return Loaded.parse(JSON.parse(loaded));
  } catch {
    return null;
  }
}
