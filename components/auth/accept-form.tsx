"use client";

import { useState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type AcceptFormProps = {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  token: string;
  email: string;
};

/** Makes the account of someone who was invited. */
export function AcceptForm({ action, token, email }: AcceptFormProps) {
  const [result, submit] = useFormAction(action);
  const [firstName, setFirstName] = useState("");
  const [lastName, setLastName] = useState("");
  return (
    <form action={submit} className="grid gap-4">
      {result && !result.ok && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <input type="hidden" name="token" value={token} />
      <input hidden readOnly type="email" autoComplete="username" value={email} />
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="First name"
          name="firstName"
          size="lg"
          autoComplete="given-name"
          value={firstName}
          onChange={(event) => setFirstName(event.target.value)}
          errors={fieldErrors(result, "firstName")}
          autoFocus
          required
        />
        <Field
          label="Last name"
          name="lastName"
          size="lg"
          autoComplete="family-name"
          value={lastName}
          onChange={(event) => setLastName(event.target.value)}
          errors={fieldErrors(result, "lastName")}
          optional
        />
      </div>
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        hint="At least 12 characters."
        errors={fieldErrors(result, "password")}
      />
      <SubmitButton size="lg">Create account and join</SubmitButton>
    </form>
  );
}
