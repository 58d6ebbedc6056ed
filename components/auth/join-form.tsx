"use client";

import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";

type Action = (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;

type JoinFormProps = {
  action: Action;
  /** Goes where a password is set, and keeps the way back. */
  leave: Action;
  token: string;
  email: string;
};

/** Adds someone who has an account on this instance: its password proves who they are. */
export function JoinForm({ action, leave, token, email }: JoinFormProps) {
  const [result, submit] = useFormAction(action);
  return (
    <div className="grid gap-2">
      <form action={submit} className="grid gap-4">
        {result && !result.ok && (
          <Callout tone="danger" live>
            {result.message}
          </Callout>
        )}
        <input type="hidden" name="token" value={token} />
        <input hidden readOnly type="email" autoComplete="username" value={email} />
        <PasswordField label="Password of your account" name="password" autoComplete="current-password" />
        <SubmitButton size="lg">Join</SubmitButton>
      </form>
      <LeaveForm action={leave} token={token} />
    </div>
  );
}

function LeaveForm({ action, token }: { action: Action; token: string }) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit} className="grid gap-2">
      <input type="hidden" name="token" value={token} />
      <SubmitButton variant="ghost" size="lg">
        Forgot it, or never had one?
      </SubmitButton>
      {result && !result.ok && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
    </form>
  );
}
