/** What a server action answers; plain data, so that a form can keep it as its state. */
export type ActionResult<Value = unknown> =
  { ok: true; value: Value } | { ok: false; message: string; errors: { path: string; message: string }[] };

/** The messages of one field, for `Field`'s `errors`: the same words as the API's, as a sentence begins. */
export function fieldErrors(result: ActionResult | null, path: string): string[] {
  if (!result || result.ok) return [];
  return result.errors
    .filter((error) => error.path === path)
    .map(({ message }) => message.charAt(0).toUpperCase() + message.slice(1));
}

/** What the action of a form answers that must be shown again as it was, also before hydration. */
export interface FormState<Value = unknown> {
  result: ActionResult<Value>;
  /** What was entered, by field; never a secret. */
  entered: Record<string, string | string[]>;
}

/** What a refused form shows again; nothing after a success. */
export function enteredAgain(state: FormState | null): FormState["entered"] {
  return state && !state.result.ok ? state.entered : {};
}

/** What was entered into one field of a refused form; undefined for a list, and when there is nothing to show again. */
export function enteredText(state: FormState | null, name: string): string | undefined {
  const entered = enteredAgain(state)[name];
  return typeof entered === "string" ? entered : undefined;
}
