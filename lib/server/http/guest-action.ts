import "server-only";
import type { z } from "zod";
import type { ActionResult } from "@/lib/schemas/action-result";
import { formFields } from "@/lib/schemas/form-fields";
import { getDeps, type Deps } from "@/lib/server/deps";
import { fieldProblems } from "./field-problems";
import { refusal } from "./user-action";

/** A form that is sent before sign-in: parses it and turns refusals into values. */
export async function guestAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  form: FormData,
  handle: (input: { deps: Deps; input: z.output<Schema> }) => Promise<Value>,
): Promise<ActionResult<Value>> {
  const deps = getDeps();
  const parsed = schema.safeParse(formFields(form));
  if (!parsed.success) {
    return { ok: false, message: "Some fields need another look.", errors: fieldProblems(parsed.error) };
  }
  try {
    return { ok: true, value: await handle({ deps, input: parsed.data }) };
  } catch (error) {
    return refusal(error, deps);
  }
}
