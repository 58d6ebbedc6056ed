"use client";

import { useState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { useFormAction } from "@/components/ui/use-form-action";
import type { ActionResult } from "@/lib/schemas/action-result";

type SignInFormProps = {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  /** The path to go to afterwards. */
  next: string;
  /** A refusal that arrived with the page. */
  refusal: string | null;
};

/** A plain form: it works before hydration. What was typed as the e-mail stays after a refusal. */
export function SignInForm({ action, next, refusal }: SignInFormProps) {
  const [result, submit] = useFormAction(action);
  const [email, setEmail] = useState("");
  const message = result && !result.ok ? result.message : result ? null : refusal;
  return (
    <form action={submit} className="grid gap-4">
      {message && (
        <Callout tone="danger" live>
          {message}
        </Callout>
      )}
      <input type="hidden" name="next" value={next} />
      <Field
        label="E-mail"
        type="email"
        name="email"
        size="lg"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        autoFocus
        required
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" />
      <SubmitButton size="lg">Sign in</SubmitButton>
      {/* Last, so that the way from the address to the password to the button is straight. */}
      <p className="text-center text-sm">
        <TextLink href="/forgot-password">Forgot your password?</TextLink>
      </p>
    </form>
  );
}
