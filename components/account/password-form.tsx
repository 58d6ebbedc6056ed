"use client";

import { PasswordField } from "@/components/auth/password-field";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type PasswordFormProps = {
  action: (previous: ActionResult<void> | null, form: FormData) => Promise<ActionResult<void>>;
  /** Tells the browser's password manager whose password it is. */
  email: string;
};

export function PasswordForm({ action, email }: PasswordFormProps) {
  const [result, submit] = useFormAction(action);
  return (
    <form action={submit} className="grid gap-4">
      <input hidden readOnly type="email" autoComplete="username" value={email} />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <PasswordField
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          size="md"
          errors={fieldErrors(result, "currentPassword")}
        />
        <PasswordField
          label="New password"
          name="newPassword"
          autoComplete="new-password"
          size="md"
          hint="At least 12 characters."
          errors={fieldErrors(result, "newPassword")}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">Change password</SubmitButton>
        <FormOutcome result={result} done="Changed. Your other sessions have ended." />
      </div>
      <p className="text-sm text-muted">
        Forgot the current one? <TextLink href="/forgot-password">Set a new one by a link</TextLink>
      </p>
    </form>
  );
}
