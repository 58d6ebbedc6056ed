"use client";

import { useTransition } from "react";

type UseInboxButtonProps = { action: (form: FormData) => Promise<void> };

/**
 * Inside the form that creates an endpoint: makes an inbox in its place, with what is filled in there so far. Not a
 * submit button, because the first one of a form is what Enter presses.
 */
export function UseInboxButton({ action }: UseInboxButtonProps) {
  const [pending, startTransition] = useTransition();
  return (
    <button
      type="button"
      disabled={pending}
      onClick={({ currentTarget: { form } }) =>
        startTransition(() => action(new FormData(form ?? undefined)))
      }
      className="rounded-sm font-medium text-accent-text underline underline-offset-2 disabled:opacity-55"
    >
      {pending ? "Making one" : "Use a test inbox"}
    </button>
  );
}
