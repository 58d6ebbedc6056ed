"use client";

import { useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";

type OrganizationFormProps = {
  action: (previous: ActionResult<void> | null, form: FormData) => Promise<ActionResult<void>>;
  name: string;
};

export function OrganizationForm({ action, name: saved }: OrganizationFormProps) {
  const [result, submit] = useActionState(action, null);
  const [name, setName] = useState(saved);
  return (
    <form action={submit} className="grid gap-4">
      <Field
        label="Name"
        name="name"
        hint="Shown to members in the dashboard, in invitations and in mails."
        autoComplete="organization"
        value={name}
        onChange={(event) => setName(event.target.value)}
        errors={fieldErrors(result, "name")}
        fieldClassName="max-w-md"
        required
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary">Save name</SubmitButton>
        <FormOutcome result={result} done="Saved" />
      </div>
    </form>
  );
}
