"use client";

import { ChangeOutcome } from "@/components/settings/change-outcome";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { enteredText, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { OrganizationProfile } from "@/lib/schemas/organization-profile";

type Saved = FormState<ConfigurationChangeOut>;
type OrganizationProfileFormProps = {
  action: (previous: Saved | null, form: FormData) => Promise<Saved>;
  profile: OrganizationProfile;
};

export function OrganizationProfileForm({ action, profile: saved }: OrganizationProfileFormProps) {
  const kept = useKeptForm(action, saved, afterAnswer);
  const { form, pending, result, values: profile, setValues: setProfile, loaded } = kept;
  const wire = (name: keyof OrganizationProfile) => ({
    name,
    value: profile[name],
    onChange: (event: { target: { value: string } }) =>
      setProfile({ ...profile, [name]: event.target.value }),
    errors: fieldErrors(result, name),
    fieldClassName: "max-w-lg",
  });
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="loaded" value={loaded} />
      <Field
        label="Company name"
        hint="The organization's name: in the dashboard, in invitations and in mails."
        autoComplete="organization"
        required
        {...wire("companyName")}
      />
      <Field
        label="Web address"
        inputMode="url"
        autoComplete="url"
        mono
        optional
        placeholder="https://www.example.com"
        {...wire("webAddress")}
      />
      <Field
        label="Logo URL"
        hint="Posthorn passes it on and never loads it."
        inputMode="url"
        autoComplete="off"
        mono
        optional
        placeholder="https://www.example.com/logo.svg"
        {...wire("logoUrl")}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>Save profile</SubmitButton>
        <ChangeOutcome result={result} />
      </div>
    </form>
  );
}

function afterAnswer(profile: OrganizationProfile, answer: Saved): OrganizationProfile {
  const entered = (field: keyof OrganizationProfile) => enteredText(answer, field) ?? profile[field];
  return {
    companyName: entered("companyName"),
    webAddress: entered("webAddress"),
    logoUrl: entered("logoUrl"),
  };
}
