"use client";

import { SettingField, type TimeZones } from "@/components/settings/setting-field";
import { enteredSetting, spellSetting } from "@/components/settings/setting-words";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FormOutcome } from "@/components/ui/form-outcome";
import { SubmitButton } from "@/components/ui/submit-button";
import { useBroughtIntoView } from "@/components/ui/use-brought-into-view";
import { settingDefinitions, type SettingName, type SettingValues } from "@/lib/domain/organization-settings";
import { enteredAgain, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { MeetingPreferencesOut } from "@/lib/schemas/meeting-preferences";

type Saved = FormState<void>;
type PreferencesFormProps = {
  preferences: MeetingPreferencesOut;
  timeZones: TimeZones;
  action: (previous: Saved | null, form: FormData) => Promise<Saved>;
};

const parts: { title: string; names: readonly SettingName[] }[] = [
  { title: "Working hours", names: ["timeZone", "workingDays", "dayStart", "dayEnd"] },
  { title: "Meetings", names: ["meetingLength", "minimumNotice", "bookingWindow", "location"] },
];

/** A member's own calendar, in one plain form; what the organization chooses for everyone is shown and fixed. */
export function PreferencesForm({ preferences, timeZones, action }: PreferencesFormProps) {
  const kept = useKeptForm(action, preferences.values, (held, answer) => ({
    ...held,
    ...asValues(enteredAgain(answer)),
  }));
  const { form, pending, result, values, setValues } = kept;
  const refusal = useBroughtIntoView<HTMLDivElement>(result);
  const mayChoose = Object.values(preferences.organization).some((choice) => choice.allowUserOverride);
  return (
    <form {...form} className="grid max-w-3xl gap-5">
      <div ref={refusal} className="empty:hidden">
        {result && !result.ok && (
          <Callout tone="danger" live title="Nothing was saved">
            {result.errors.length > 0 ? "Some fields need another look." : result.message}
          </Callout>
        )}
      </div>
      {parts.map(({ title, names }) => (
        <Card key={title} title={title}>
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            {names.map((name) => (
              <SettingField
                key={name}
                name={name}
                value={values[name]}
                onValueChange={(value) => setValues((current) => ({ ...current, [name]: value }))}
                hint={hintOf(name, preferences)}
                errors={fieldErrors(result, name)}
                timeZones={timeZones}
                disabled={!preferences.organization[name].allowUserOverride}
              />
            ))}
          </div>
        </Card>
      ))}
      <div className="flex items-center gap-3">
        <SubmitButton pending={pending} disabled={!mayChoose}>
          Save my calendar
        </SubmitButton>
        <FormOutcome result={result?.ok ? result : null} done="Saved" />
      </div>
    </form>
  );
}

function asValues(entered: FormState["entered"]): Partial<SettingValues> {
  const values = Object.entries(entered).map(([name, value]) => [name, enteredSetting(value)]);
  return Object.fromEntries(values) as Partial<SettingValues>;
}

/** What it is for, and where it comes from. */
function hintOf(name: SettingName, { values, organization }: MeetingPreferencesOut): string {
  const { helpText } = settingDefinitions[name];
  const { value, allowUserOverride } = organization[name];
  if (!allowUserOverride) return `${helpText} Your organization chooses this for everyone.`;
  if (values[name] === value) return helpText;
  return `${helpText} Your organization has ${value === "" ? "none" : spellSetting(name, value)}.`;
}
