"use client";

import { useActionState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { ActionResult } from "@/lib/schemas/action-result";

type JoinFormProps = {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  token: string;
  email: string;
};

/** Adds someone who has an account on this instance: its password proves who they are. */
export function JoinForm({ action, token, email }: JoinFormProps) {
  const [result, submit] = useActionState(action, null);
  return (
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
      <p className="text-center text-sm">
        <TextLink href="/forgot-password">Forgot it, or never had one?</TextLink>
      </p>
    </form>
  );
}
