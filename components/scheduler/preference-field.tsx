import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldErrors, SelectField } from "@/components/ui/field";
import { weekdays, type Weekday } from "@/lib/domain/organization-settings";
import { timeZoneOptions } from "@/lib/format/time-zones";
import type { MeetingPreferenceOut } from "@/lib/schemas/meeting-preferences";

type PreferenceFieldProps = {
  preference: MeetingPreferenceOut;
  /** What was entered and refused, in place of what holds. */
  entered?: string | undefined;
  errors: readonly string[];
  timeZones: readonly string[];
};

const weekdayNames: Record<Weekday, string> = {
  ...{ mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday" },
  ...{ sat: "Saturday", sun: "Sunday" },
};

/** One setting of a member's calendar, by the control that its kind asks for. */
export function PreferenceField({ preference, entered, errors, timeZones }: PreferenceFieldProps) {
  const { name, title, kind, isAllowed } = preference;
  const value = entered ?? preference.value;
  const shared = { name, label: title, hint: hintOf(preference), errors, disabled: !isAllowed };
  switch (kind.type) {
    case "timeZone":
      return <SelectField {...shared} defaultValue={value} options={timeZoneOptions(timeZones, value)} />;
    case "weekdays":
      return <WeekdaysField preference={preference} value={value} errors={errors} />;
    case "clockTime":
      return <Field {...shared} type="time" defaultValue={value} required />;
    case "count":
      return (
        <Field
          {...shared}
          label={`${title}, in ${kind.unit}`}
          type="number"
          min={kind.min}
          max={kind.max}
          defaultValue={value}
          required
        />
      );
    case "text":
      return <Field {...shared} maxLength={kind.charactersMax} defaultValue={value} optional />;
  }
}

type WeekdaysFieldProps = Pick<PreferenceFieldProps, "preference" | "errors"> & { value: string };

function WeekdaysField({ preference, value, errors }: WeekdaysFieldProps) {
  const { name, title, isAllowed } = preference;
  const chosen = value.split(",");
  return (
    <fieldset className="grid min-w-0 content-start gap-1.5" disabled={!isAllowed}>
      <legend className="mb-1.5 text-sm font-medium">{title}</legend>
      {/* So that no day at all is sent as such, and refused by name. */}
      <input type="hidden" name={`${name}[]`} value="" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2">
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            name={`${name}[]`}
            value={day}
            label={weekdayNames[day]}
            defaultChecked={chosen.includes(day)}
          />
        ))}
      </div>
      <FieldErrors errors={errors} />
      <p className="text-xs text-muted">{hintOf(preference)}</p>
    </fieldset>
  );
}

/** What it is for, and where it comes from. */
function hintOf(preference: MeetingPreferenceOut): string {
  const { helpText, isAllowed, value, organizationValue } = preference;
  if (!isAllowed) return `${helpText} Your organization chooses this for everyone.`;
  if (value === organizationValue) return helpText;
  return `${helpText} Your organization has ${spell(preference)}.`;
}

function spell({ kind, organizationValue }: MeetingPreferenceOut): string {
  if (kind.type === "count") return `${organizationValue} ${kind.unit}`;
  if (kind.type !== "weekdays") return organizationValue || "none";
  return organizationValue
    .split(",")
    .map((day) => weekdayNames[day as Weekday] ?? day)
    .join(", ");
}
