"use client";

import { useActionState } from "react";
import { PreferenceField } from "@/components/scheduler/preference-field";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SettingName } from "@/lib/domain/organization-settings";
import { type ActionResult, fieldErrors } from "@/lib/schemas/action-result";
import type { MeetingPreferenceOut, PreferencesFormState } from "@/lib/schemas/meeting-preferences";

type PreferencesFormProps = {
  preferences: readonly MeetingPreferenceOut[];
  /** As the server knows them. */
  timeZones: readonly string[];
  action: (previous: PreferencesFormState | null, form: FormData) => Promise<PreferencesFormState>;
};

const parts: { title: string; names: readonly SettingName[] }[] = [
  { title: "Working hours", names: ["timeZone", "workingDays", "dayStart", "dayEnd"] },
  { title: "Meetings", names: ["meetingLength", "minimumNotice", "bookingWindow", "location"] },
];

/** A member's own calendar, in one plain form; what the organization chooses for everyone is shown and fixed. */
export function PreferencesForm({ preferences, timeZones, action }: PreferencesFormProps) {
  const [state, submit] = useActionState(action, null);
  const result: ActionResult<void> | null = state?.result ?? null;
  const entered: PreferencesFormState["values"] = state && !state.result.ok ? state.values : {};
  const mayChoose = preferences.some(({ isAllowed }) => isAllowed);
  return (
    // A form is emptied after its action: a new key starts it from what is stored, or from what was refused.
    <form action={submit} key={JSON.stringify([preferences, state])} className="grid max-w-3xl gap-5">
      {result && !result.ok && (
        <Callout tone="danger" live title="Nothing was saved">
          {result.errors.length > 0 ? "Some fields need another look." : result.message}
        </Callout>
      )}
      {parts.map(({ title, names }) => (
        <Card key={title} title={title}>
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            {preferences
              .filter(({ name }) => names.includes(name))
              .map((preference) => (
                <PreferenceField
                  key={preference.name}
                  preference={preference}
                  entered={entered[preference.name]}
                  errors={fieldErrors(result, preference.name)}
                  timeZones={timeZones}
                />
              ))}
          </div>
        </Card>
      ))}
      <div className="flex items-center gap-3">
        <SubmitButton disabled={!mayChoose}>Save my calendar</SubmitButton>
        <FormOutcome result={result?.ok ? result : null} done="Saved" />
      </div>
    </form>
  );
}
