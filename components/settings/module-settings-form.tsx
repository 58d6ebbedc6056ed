"use client";

import { ChangeOutcome } from "@/components/settings/change-outcome";
import type { TimeZones } from "@/components/settings/setting-field";
import { enteredSetting } from "@/components/settings/setting-words";
import { SettingRow } from "@/components/settings/setting-row";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  settingDefinitions,
  settingNames,
  type SettingChoice,
  type SettingChoices,
  type SettingDefinition,
  type SettingName,
} from "@/lib/domain/organization-settings";
import { enteredAgain, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

type Saved = FormState<ConfigurationChangeOut>;
type ModuleSettingsFormProps = {
  module: SettingDefinition["module"];
  action: (previous: Saved | null, form: FormData) => Promise<Saved>;
  saved: SettingChoices;
  timeZones: TimeZones;
};

/** Every setting of a module in one form; what was not changed is not published. */
export function ModuleSettingsForm({ module, action, saved, timeZones }: ModuleSettingsFormProps) {
  const kept = useKeptForm(action, saved, (held, answer) => withEntered(held, enteredAgain(answer)));
  const { form, pending, result, values: choices, setValues: setChoices, loaded } = kept;
  const change = (name: SettingName, next: Partial<SettingChoice>) =>
    setChoices((current) => ({ ...current, [name]: { ...current[name], ...next } }));
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="loaded" value={loaded} />
      <div className="grid divide-y">
        {settingNames
          .filter((name) => settingDefinitions[name].module === module)
          .map((name) => (
            <SettingRow
              key={name}
              name={name}
              choice={choices[name]}
              onChange={(next) => change(name, next)}
              errors={fieldErrors(result, name)}
              timeZones={timeZones}
            />
          ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>Save preferences</SubmitButton>
        <ChangeOutcome result={result} />
      </div>
    </form>
  );
}

/** The choices as a form that was refused holds them; a list without an entry was not sent at all. */
function withEntered(saved: SettingChoices, entered: FormState["entered"]): SettingChoices {
  const choices = settingNames.map((name) => {
    if (Object.keys(entered).length === 0) return [name, saved[name]];
    const value = enteredSetting(entered[name]);
    const allowUserOverride = entered["allowUserOverride"]?.includes(name) ?? false;
    return [name, { value, allowUserOverride }];
  });
  return Object.fromEntries(choices) as SettingChoices;
}
