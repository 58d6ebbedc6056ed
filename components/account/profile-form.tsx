"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type ProfileFormProps = {
  action: (previous: ActionResult<void> | null, form: FormData) => Promise<ActionResult<void>>;
  firstName: string;
  lastName: string;
};

export function ProfileForm({ action, ...saved }: ProfileFormProps) {
  const [result, submit] = useFormAction(action);
  const [firstName, setFirstName] = useState(saved.firstName);
  const [lastName, setLastName] = useState(saved.lastName);
  return (
    <form action={submit} className="grid gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="First name"
          name="firstName"
          autoComplete="given-name"
          value={firstName}
          onChange={(event) => setFirstName(event.target.value)}
          errors={fieldErrors(result, "firstName")}
          required
        />
        <Field
          label="Last name"
          name="lastName"
          autoComplete="family-name"
          value={lastName}
          onChange={(event) => setLastName(event.target.value)}
          errors={fieldErrors(result, "lastName")}
          optional
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">Save name</SubmitButton>
        <FormOutcome result={result} done="Saved" />
      </div>
    </form>
  );
}
