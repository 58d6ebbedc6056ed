import type { ChangeEvent, ReactNode } from "react";
import { weekdayNames } from "@/components/settings/setting-words";
import { Checkbox, tickedValues } from "@/components/ui/checkbox";
import { Field, FieldErrors, SelectField, useGroupWiring, type FieldText } from "@/components/ui/field";
import type { SelectProps } from "@/components/ui/select";
import {
  settingDefinitions,
  weekdays,
  type SettingKind,
  type SettingName,
} from "@/lib/domain/organization-settings";

export type TimeZones = NonNullable<SelectProps["options"]>;

export type SettingFieldProps = Omit<FieldText, "label" | "optional"> & {
  name: SettingName;
  value: string;
  onValueChange: (value: string) => void;
  timeZones: TimeZones;
  disabled?: boolean;
};

/** A setting's value, by the control that its kind asks for. */
export function SettingField({
  name,
  value,
  onValueChange,
  timeZones,
  disabled,
  ...text
}: SettingFieldProps) {
  const { title: label } = settingDefinitions[name];
  const kind: SettingKind = settingDefinitions[name].kind;
  const onChange = (event: { target: { value: string } }) => onValueChange(event.target.value);
  const control = { ...text, label, name, value, onChange, disabled };
  switch (kind.type) {
    case "timeZone":
      return <SelectField {...control} options={timeZones} />;
    case "weekdays":
      return <WeekdayField {...text} {...{ label, name, value, onValueChange, disabled }} />;
    case "clockTime":
      return <Field {...control} type="time" required />;
    case "count":
      return <Field {...control} inputMode="numeric" autoComplete="off" required />;
    case "text":
      return <Field {...control} autoComplete="off" maxLength={kind.charactersMax} optional />;
  }
}

type WeekdayFieldProps = FieldText & Pick<SettingFieldProps, "name" | "value" | "onValueChange" | "disabled">;

function WeekdayField({
  label,
  hint,
  errors = [],
  aside,
  name,
  value,
  onValueChange,
  disabled,
}: WeekdayFieldProps): ReactNode {
  const chosen = value.split(",");
  const { described, wrong, errorsId, hintId } = useGroupWiring({ hint, errors });
  // What the boxes show: several may have been ticked before there was a state to tell.
  const takeShown = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const days = tickedValues(target);
    onValueChange(weekdays.filter((day) => days.includes(day)).join(","));
  };
  return (
    <fieldset {...described} className="grid min-w-0 content-start gap-1.5" disabled={disabled}>
      <legend className="float-left mb-1.5 flex w-full items-baseline justify-between gap-3 text-sm font-medium">
        {label}
        <span className="text-xs font-normal text-muted">{aside}</span>
      </legend>
      {/* So that no day at all is sent as such, and refused by name. */}
      <input type="hidden" name={`${name}[]`} value="" />
      <div className="flex flex-wrap gap-x-5 gap-y-2 py-1">
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            name={`${name}[]`}
            value={day}
            label={weekdayNames[day]}
            checked={chosen.includes(day)}
            onChange={takeShown}
            {...wrong}
          />
        ))}
      </div>
      <FieldErrors id={errorsId} errors={errors} />
      <p id={hintId} className="text-xs text-muted">
        {hint}
      </p>
    </fieldset>
  );
}
