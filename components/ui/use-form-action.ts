"use client";

import { unstable_isUnrecognizedActionError as isOfAnotherVersion } from "next/navigation";
import { useActionState } from "react";
import { useIsHydrated } from "@/components/ui/clock";
import type { ActionResult, FormState } from "@/lib/schemas/action-result";
import { formFields } from "@/lib/schemas/form-fields";

export type Refusal = Extract<ActionResult<never>, { ok: false }>;
type FormAction<State> = (previous: State | null, form: FormData) => Promise<State>;

/**
 * As `useActionState`, but a server that does not answer (it is being restarted, or the connection is gone) is one more
 * refusal: the form stays with what was entered, instead of an error in place of the page. `refuse` makes a state of it.
 */
export function useFormAction<Result extends ActionResult>(
  action: FormAction<Result>,
): [state: Result | null, submit: (form: FormData) => void, pending: boolean];
export function useFormAction<State>(
  action: FormAction<State>,
  refuse: (refusal: Refusal, form: FormData) => NoInfer<State>,
): [state: State | null, submit: (form: FormData) => void, pending: boolean];
export function useFormAction(
  action: FormAction<unknown>,
  refuse: (refusal: Refusal, form: FormData) => unknown = (refusal) => refusal,
): [state: unknown, submit: (form: FormData) => void, pending: boolean] {
  // The server's own action until then: only that one can be sent before hydration.
  const isHydrated = useIsHydrated();
  const answered: FormAction<unknown> = (previous, form) =>
    action(previous, form).catch((error: unknown) => refuse(unanswered(error), form));
  return useActionState<unknown, FormData>(isHydrated ? answered : action, null);
}

/** As a form is refused that is shown again as it was. */
export function refuseKept(result: Refusal, form: FormData): FormState<never> {
  return { result, entered: formFields(form) as FormState["entered"] };
}

/** For the `catch` of an action. Throws on what is an answer: a redirect, or a bug, which stays loud. */
export function unanswered(error: unknown): Refusal {
  // Next marks all that comes from the server so.
  if (typeof error === "object" && error !== null && "digest" in error) throw error;
  const message = isOfAnotherVersion(error)
    ? "Posthorn was updated since this page was opened. Keep a copy of what you entered, load the page again, and send it from there."
    : "The server did not answer, and it is not known whether this was done. Look before you try again.";
  return { ok: false, message, errors: [] };
}
