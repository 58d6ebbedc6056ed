import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { spellSetting, weekdayNames } from "@/components/settings/setting-words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldErrors, SelectField, type FieldText } from "@/components/ui/field";
import type { SelectProps } from "@/components/ui/select";
import {
  settingDefinitions,
  weekdays,
  type SettingChoice,
  type SettingKind,
  type SettingName,
} from "@/lib/domain/organization-settings";

export type TimeZones = NonNullable<SelectProps["options"]>;

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
    label: title,
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
    <div className="grid gap-x-10 gap-y-3 py-4 first:pt-0 justify-between sm:grid-cols-[minmax(0,30rem)_auto]">
      <ValueField
        kind={kind}
        text={text}
        name={name}
        timeZones={timeZones}
        choice={choice}
        onChange={onChange}
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
    <Button size="sm" variant="ghost" className="-my-1 -mr-2.5 h-6" onClick={restore}>
      <RotateCcw aria-hidden />
      Default: {fallback}
    </Button>
  );
}

type ValueFieldProps = Pick<SettingRowProps, "name" | "choice" | "onChange" | "timeZones"> & {
  kind: SettingKind;
  text: FieldText;
};

function ValueField({ kind, text, name, choice: { value }, onChange, timeZones }: ValueFieldProps) {
  const control = {
    ...{ name, value },
    onChange: (event: { target: { value: string } }) => onChange({ value: event.target.value }),
  };
  switch (kind.type) {
    case "timeZone":
      return <SelectField {...text} {...control} options={timeZones} />;
    case "weekdays":
      return (
        <WeekdayField
          {...text}
          name={name}
          value={value}
          onValueChange={(next) => onChange({ value: next })}
        />
      );
    case "clockTime":
      return <Field {...text} {...control} type="time" required />;
    case "count":
      return <Field {...text} {...control} inputMode="numeric" autoComplete="off" required />;
    case "text":
      return <Field {...text} {...control} autoComplete="off" maxLength={kind.charactersMax} optional />;
  }
}

type WeekdayFieldProps = FieldText & { name: string; value: string; onValueChange: (value: string) => void };

function WeekdayField({
  label,
  hint,
  errors = [],
  aside,
  name,
  value,
  onValueChange,
}: WeekdayFieldProps): ReactNode {
  const chosen = value.split(",");
  const toggle = (day: string, isOn: boolean) =>
    onValueChange(weekdays.filter((each) => (each === day ? isOn : chosen.includes(each))).join(","));
  return (
    <fieldset className="grid min-w-0 content-start gap-1.5">
      <legend className="float-left mb-1.5 flex w-full items-baseline justify-between gap-3 text-sm font-medium">
        {label}
        <span className="text-xs font-normal text-muted">{aside}</span>
      </legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2 py-1">
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            name={`${name}[]`}
            value={day}
            label={weekdayNames[day]}
            checked={chosen.includes(day)}
            onChange={(event) => toggle(day, event.target.checked)}
          />
        ))}
      </div>
      <FieldErrors errors={errors} />
      <p className="text-xs text-muted">{hint}</p>
    </fieldset>
  );
}
