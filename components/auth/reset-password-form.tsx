"use client";

import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type ResetPasswordFormProps = {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  token: string;
  /** Tells the browser's password manager whose password it is. */
  email: string;
};

/** The link proves who it is: it asks for nothing but the new password. */
export function ResetPasswordForm({ action, token, email }: ResetPasswordFormProps) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit} className="grid gap-4">
      {result && !result.ok && result.errors.length === 0 && (
        <Callout tone="danger" live>
          {result.message} <TextLink href="/forgot-password">Ask for a new link</TextLink>
        </Callout>
      )}
      <input type="hidden" name="token" value={token} />
      <input hidden readOnly type="email" autoComplete="username" value={email} />
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        hint="At least 12 characters."
        errors={fieldErrors(result, "password")}
      />
      <SubmitButton size="lg">Set password and sign in</SubmitButton>
    </form>
  );
}
