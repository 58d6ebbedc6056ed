import {
  settingDefinitions,
  weekdays,
  type SettingKind,
  type SettingName,
  type Weekday,
} from "@/lib/domain/organization-settings";
import { counted } from "@/lib/format/numbers";

/** By Unicode's names; 1 January 2024 was a Monday. */
export const weekdayNames = Object.fromEntries(
  weekdays.map((day, index) => {
    const name = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" });
    return [day, name.format(new Date(Date.UTC(2024, 0, 1 + index)))];
  }),
) as Record<Weekday, string>;

/** A value as people read it: `30 minutes`, `Mon, Tue and Fri`. */
export function spellSetting(name: SettingName, value: string): string {
  const kind: SettingKind = settingDefinitions[name].kind;
  switch (kind.type) {
    case "count":
      return counted(Number(value), kind.unit.slice(0, -1));
    case "weekdays":
      return new Intl.ListFormat("en").format(
        value.split(",").map((day) => weekdayNames[day as Weekday] ?? day),
      );
    default:
      return value === "" ? "empty" : value;
  }
}

/** A setting as its field sent it: ticked days come as a list, with an empty text that says that there was a choice. */
export function enteredSetting(entered: string | string[] | undefined): string {
  return typeof entered === "string" ? entered : (entered ?? []).filter((day) => day !== "").join(",");
}
