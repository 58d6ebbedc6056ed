/** What a server action answers; plain data, so that a form can keep it as its state. */
export type ActionResult<Value = unknown> =
  | { ok: true; value: Value }
  | { ok: false; message: string; errors: { path: string; message: string }[] };
