"use client";

import { useState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type SetUpFormProps = {
  action: (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;
  token: string;
};

const empty = { organizationName: "", firstName: "", lastName: "", email: "" };

/** The organization and its first admin. Everything but the password stays after a refusal. */
export function SetUpForm({ action, token }: SetUpFormProps) {
  const [result, submit] = useFormAction(action);
  const [entered, setEntered] = useState(empty);
  const wire = (name: keyof typeof empty) => ({
    name,
    value: entered[name],
    onChange: (event: { target: { value: string } }) =>
      setEntered({ ...entered, [name]: event.target.value }),
    errors: fieldErrors(result, name),
    size: "lg" as const,
    ...(name === "lastName" ? { optional: true } : { required: true }),
  });
  return (
    <form action={submit} className="grid gap-4">
      {result && !result.ok && (
        <Callout tone="danger" live>
          {result.message}
        </Callout>
      )}
      <input type="hidden" name="token" value={token} />
      <Field label="Organization" autoComplete="organization" autoFocus {...wire("organizationName")} />
      <div className="grid grid-cols-2 gap-3">
        <Field label="First name" autoComplete="given-name" {...wire("firstName")} />
        <Field label="Last name" autoComplete="family-name" {...wire("lastName")} />
      </div>
      <Field label="E-mail" type="email" autoComplete="username" {...wire("email")} />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        hint="At least 12 characters."
        errors={fieldErrors(result, "password")}
      />
      <SubmitButton size="lg">Create organization</SubmitButton>
    </form>
  );
}
