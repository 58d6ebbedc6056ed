"use client";

import { type FormEvent, startTransition, useState } from "react";
import { enteredText, type FormState } from "@/lib/schemas/action-result";
import { refuseKept, useFormAction } from "@/components/ui/use-form-action";

type FormAction<Value> = (previous: FormState<Value> | null, form: FormData) => Promise<FormState<Value>>;

/**
 * For a form that stays as it is after its action: `<form {...keptForm(submit)}>`. React resets the form of an action,
 * and with it boxes and choices whose state it knows: they show, and send the next time, what was chosen first. So the
 * action is called by hand once there is a page that can, and is the form's own before that.
 */
export function keptForm(submit: (form: FormData) => void) {
  return {
    action: submit,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault();
      const entered = new FormData(event.currentTarget);
      startTransition(() => submit(entered));
    },
  };
}

/**
 * The state of a kept form whose action answers with what was entered, so that it also stays when it is sent before
 * hydration. `values` are what the fields hold; `after` says what they hold when an answer has come. `loaded` is what
 * they held when the form was loaded or last saved, as JSON: an action that is sent it (and keeps it) changes only what
 * differs, and so takes nothing back of what others have saved meanwhile.
 */
export function useKeptForm<Value, Values>(
  action: FormAction<Value>,
  initial: Values,
  after: (values: Values, answer: FormState<Value>) => Values,
) {
  const [answer, submit, pending] = useFormAction<FormState<Value>>(action, refuseKept);
  const [answered, setAnswered] = useState(answer);
  // Sent before hydration, the page comes with its answer.
  const [values, setValues] = useState(() => (answer ? after(initial, answer) : initial));
  const [loaded, setLoaded] = useState(() => enteredText(answer, "loaded") ?? JSON.stringify(initial));
  // Somebody may type on while the action runs: what was saved is what was sent.
  const [sent, setSent] = useState(initial);
  if (answer && answer !== answered) {
    setAnswered(answer);
    setValues(after(values, answer));
    setSent(initial);
    if (answer.result.ok) setLoaded(JSON.stringify(after(sent, answer)));
  }
  const kept = keptForm(submit);
  const form = {
    ...kept,
    onSubmit(event: FormEvent<HTMLFormElement>) {
      setSent(values);
      kept.onSubmit(event);
    },
  };
  return { form, pending, result: answer?.result ?? null, values, setValues, loaded };
}
