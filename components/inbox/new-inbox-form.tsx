"use client";

import type { CreateInboxAction } from "@/components/inbox/inbox-actions";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { keptForm } from "@/components/ui/use-kept-form";

/** Names an inbox and, unless it is unticked, makes the endpoint that fills it. */
export function NewInboxForm({ action }: { action: CreateInboxAction }) {
  const [result, submit, pending] = useFormAction(action);
  const errors = result?.ok === false ? result.errors : [];
  const nameErrors = errors.filter(({ path }) => path === "name").map(({ message }) => message);
  const isRefused = result?.ok === false && nameErrors.length === 0;
  return (
    <form {...keptForm(submit)} className="grid gap-4">
      {isRefused && (
        <Callout tone="danger" live>
          {errors[0]?.message ?? result.message}
        </Callout>
      )}
      <Field
        name="name"
        label="Name"
        defaultValue="Test inbox"
        autoComplete="off"
        maxLength={80}
        required
        errors={nameErrors}
        hint="For you and your team; senders do not see it."
      />
      <Checkbox
        name="withEndpoint"
        defaultChecked
        label="Create an endpoint that sends here"
        hint="Subscribed to everything, and disabled until you activate it."
      />
      <DialogFooter className="-mx-5 -mb-5">
        <SubmitButton pending={pending}>Create inbox</SubmitButton>
      </DialogFooter>
    </form>
  );
}
