"use client";

import { Callout } from "@/components/ui/callout";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";

type JoinSignedInFormProps = {
  action: (previous: ActionResult<never> | null, form: FormData) => Promise<ActionResult<never>>;
  token: string;
  organizationName: string;
};

/** Adds the person who is signed in: their session proves who they are. */
export function JoinSignedInForm({ action, token, organizationName }: JoinSignedInFormProps) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit} className="grid gap-4">
      {result && !result.ok && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg">Join {organizationName}</SubmitButton>
    </form>
  );
}
