import "server-only";
import type { z } from "zod";
import type { ActionResult, FormState } from "@/lib/schemas/action-result";
import { formFields } from "@/lib/schemas/form-fields";
import { AppError } from "@/lib/server/app-error";
import { findUser } from "@/lib/server/auth/session";
import { getDeps, type Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { fieldProblems } from "./field-problems";
import { databaseTrouble, type DatabaseTrouble } from "./problem";

interface ActionInput<Schema extends z.ZodType> {
  deps: Deps;
  principal: Principal;
  input: z.output<Schema>;
}

interface ActionOptions {
  /** Admins only; checked here again, whatever the page showed. */
  admin?: boolean;
}

/** Not the way to the sign-in page, which would take away the form with what was entered. */
const sessionEnded = {
  ok: false as const,
  message: "Your session has ended. Sign in again in another tab, then come back and try once more.",
  errors: [],
};

/**
 * A server action: signed in, role checked, input parsed, refusals as values. Called with an object, or as a form
 * action with the previous state and the form's data (`formAction`).
 */
export function userAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  handle: (input: ActionInput<Schema>) => Promise<Value>,
  options: ActionOptions = {},
): (input: z.input<Schema>) => Promise<ActionResult<Value>> {
  return async (input) => {
    const deps = getDeps();
    try {
      // Inside: where the database is away, whoever has filled in a form is told so and keeps it.
      const principal = await findUser();
      if (!principal) return sessionEnded;
      if (options.admin) requireAdmin(principal);
      const parsed = schema.safeParse(input);
      if (!parsed.success) {
        return { ok: false, message: "Some fields need another look.", errors: fieldProblems(parsed.error) };
      }
      return { ok: true, value: await handle({ deps, principal, input: parsed.data }) };
    } catch (error) {
      return refusal(error, deps);
    }
  };
}

/** As `userAction`, for `useActionState`: fields by name; a name ending in `[]` is a list. */
export function formAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  handle: (input: ActionInput<Schema>) => Promise<Value>,
  options: ActionOptions = {},
): (previous: ActionResult<Value> | null, form: FormData) => Promise<ActionResult<Value>> {
  const act = userAction(schema, handle, options);
  return (_previous, form) => act(formFields(form) as z.input<Schema>);
}

/** As `formAction`, for a form that is shown again with what was entered into the `kept` fields: name no secret there. */
export function keptFormAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  handle: (input: ActionInput<Schema>) => Promise<Value>,
  { kept, ...options }: ActionOptions & { kept: readonly string[] },
): (previous: FormState<Value> | null, form: FormData) => Promise<FormState<Value>> {
  const act = userAction(schema, handle, options);
  return async (_previous, form) => {
    const fields = formFields(form);
    const entered = Object.entries(fields).filter(([name]) => kept.includes(name));
    return {
      result: await act(fields as z.input<Schema>),
      entered: Object.fromEntries(entered) as FormState["entered"],
    };
  };
}

const troubleSentences: Record<DatabaseTrouble, string> = {
  refused: "The database cannot be reached at the moment. Nothing was changed; try again.",
  broken:
    "The connection to the database was lost, and it is not known whether this was saved. Look before you try again.",
};

/** A refusal as a value; everything else is thrown on. */
export function refusal(error: unknown, deps: Deps): ActionResult<never> {
  if (error instanceof AppError) return { ok: false, message: error.message, errors: [...error.errors] };
  const trouble = databaseTrouble(error);
  if (trouble !== null) {
    deps.log.warn({ err: error, trouble }, "refused an action: the database cannot be reached");
    return { ok: false, message: troubleSentences[trouble], errors: [] };
  }
  // Next's redirects and not-found answers travel as exceptions; bugs stay loud.
  throw error;
}
