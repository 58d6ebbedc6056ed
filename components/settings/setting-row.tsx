import { RotateCcw } from "lucide-react";
import { SettingField, type TimeZones } from "@/components/settings/setting-field";
import { spellSetting } from "@/components/settings/setting-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import {
  settingDefinitions,
  type SettingChoice,
  type SettingKind,
  type SettingName,
} from "@/lib/domain/organization-settings";

type SettingRowProps = {
  name: SettingName;
  choice: SettingChoice;
  onChange: (next: Partial<SettingChoice>) => void;
  errors: readonly string[];
  timeZones: TimeZones;
};

/** A setting's value, its default, and whether members may choose their own. */
export function SettingRow({ name, choice, onChange, errors, timeZones }: SettingRowProps) {
  const { title, helpText, default: fallback } = settingDefinitions[name];
  const kind: SettingKind = settingDefinitions[name].kind;
  const isDefault = choice.value === fallback;
  const text = {
    hint:
      kind.type === "count"
        ? `${helpText} From ${kind.min} to ${spellSetting(name, String(kind.max))}.`
        : helpText,
    errors,
    aside: isDefault ? (
      "Default"
    ) : (
      <RestoreDefault name={name} restore={() => onChange({ value: fallback })} />
    ),
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-3 py-4 first:pt-0 justify-between sm:grid-cols-[minmax(0,30rem)_auto]">
      <SettingField
        {...text}
        name={name}
        value={choice.value}
        onValueChange={(value) => onChange({ value })}
        timeZones={timeZones}
      />
      <Checkbox
        name="allowUserOverride[]"
        value={name}
        label="Members may choose their own"
        aria-label={`${title}: members may choose their own`}
        checked={choice.allowUserOverride}
        onChange={(event) => onChange({ allowUserOverride: event.target.checked })}
        className="sm:pt-7"
      />
    </div>
  );
}

function RestoreDefault({ name, restore }: { name: SettingName; restore: () => void }) {
  const fallback = spellSetting(name, settingDefinitions[name].default);
  return (
    <Button
      size="sm"
      variant="ghost"
      className="-my-1 -mr-2.5 h-6"
      onClick={({ currentTarget: { form } }) => {
        // The button goes away: the field is where a person goes on.
        form?.querySelector<HTMLElement>(`[name="${name}"], [type=checkbox][name="${name}[]"]`)?.focus();
        restore();
      }}
    >
      <RotateCcw aria-hidden />
      Default: {fallback}
    </Button>
  );
}
