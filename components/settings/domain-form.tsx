"use client";

import { ChangeOutcome } from "@/components/settings/change-outcome";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { enteredAgain, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

type Added = FormState<ConfigurationChangeOut>;
type DomainFormProps = { action: (previous: Added | null, form: FormData) => Promise<Added> };

export function DomainForm({ action }: DomainFormProps) {
  // What was added makes room for the next one; what was refused stays to be mended.
  const kept = useKeptForm(action, "", (_typed, answer) => String(enteredAgain(answer)["domain"] ?? ""));
  const { form, pending, result, values: domain, setValues: setDomain } = kept;
  return (
    <form {...form} className="grid gap-4">
      <Field
        label="Domain"
        name="domain"
        mono
        required
        autoComplete="off"
        inputMode="url"
        placeholder="example.com"
        hint="Names beyond ASCII are kept in their xn-- spelling. Subdomains are domains of their own."
        value={domain}
        onChange={(event) => setDomain(event.target.value)}
        errors={fieldErrors(result, "domain")}
        fieldClassName="max-w-lg"
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>Add domain</SubmitButton>
        <ChangeOutcome result={result} />
      </div>
    </form>
  );
}
