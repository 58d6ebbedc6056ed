"use client";

import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { unanswered } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";

type UseInboxButtonProps = { action: (form: FormData) => Promise<ActionResult<never>> };

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
        startTransition(async () => {
          const result = await action(new FormData(form ?? undefined)).catch(unanswered);
          if (!result.ok) toast.error(result.errors[0]?.message ?? result.message);
        })
      }
      className="rounded-sm font-medium text-accent-text underline underline-offset-2 disabled:opacity-55"
    >
      {pending ? "Making one" : "Use a test inbox"}
    </button>
  );
}
