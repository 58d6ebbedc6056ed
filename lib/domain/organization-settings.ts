/** What an organization may set for its people, and what each setting takes. Values are texts, as their event has them. */
export interface SettingDefinition {
  module: "scheduling";
  /** Unique within its module. */
  name: string;
  title: string;
  helpText: string;
  /** Holds where nobody chose a value. */
  default: string;
  kind: SettingKind;
}

export type SettingKind =
  | { type: "count"; min: number; max: number; unit: "minutes" | "days" }
  | { type: "clockTime" }
  | { type: "timeZone" }
  | { type: "weekdays" }
  | { type: "text"; charactersMax: number };

/** As ISO 8601 orders them. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

export const settingDefinitions = {
  timeZone: {
    module: "scheduling",
    name: "timeZone",
    title: "Time zone",
    helpText: "Where working hours are counted, as the IANA database names it: Europe/Lisbon.",
    default: "UTC",
    kind: { type: "timeZone" },
  },
  workingDays: {
    module: "scheduling",
    name: "workingDays",
    title: "Working days",
    helpText: "The days on which meetings can be booked.",
    default: "mon,tue,wed,thu,fri",
    kind: { type: "weekdays" },
  },
  dayStart: {
    module: "scheduling",
    name: "dayStart",
    title: "Day starts at",
    helpText: "The earliest time a meeting begins.",
    default: "09:00",
    kind: { type: "clockTime" },
  },
  dayEnd: {
    module: "scheduling",
    name: "dayEnd",
    title: "Day ends at",
    helpText: "The latest time a meeting ends.",
    default: "17:00",
    kind: { type: "clockTime" },
  },
  meetingLength: {
    module: "scheduling",
    name: "meetingLength",
    title: "Meeting length",
    helpText: "How many minutes a meeting takes.",
    default: "30",
    kind: { type: "count", min: 5, max: 480, unit: "minutes" },
  },
  minimumNotice: {
    module: "scheduling",
    name: "minimumNotice",
    title: "Minimum notice",
    helpText: "How many minutes ahead a meeting has to be booked.",
    default: "60",
    kind: { type: "count", min: 0, max: 10_080, unit: "minutes" },
  },
  bookingWindow: {
    module: "scheduling",
    name: "bookingWindow",
    title: "Booking window",
    helpText: "How many days ahead a meeting can be booked.",
    default: "14",
    kind: { type: "count", min: 1, max: 90, unit: "days" },
  },
  location: {
    module: "scheduling",
    name: "location",
    title: "Location",
    helpText:
      "Where meetings take place when nothing else is said: a place, a telephone number or a video link.",
    default: "",
    kind: { type: "text", charactersMax: 500 },
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof settingDefinitions;
export const settingNames = Object.keys(settingDefinitions) as SettingName[];

export type SettingValues = Record<SettingName, string>;

/** What an organization chose, or what holds because it chose nothing. */
export interface SettingChoice {
  value: string;
  /** Whether a member's own value comes before this one. */
  allowUserOverride: boolean;
}

/** Whether members may choose for themselves where the organization has said nothing. */
export const overrideAllowedByDefault = true;

export type SettingChoices = Record<SettingName, SettingChoice>;

/** Every setting, with the defaults for those that `chosen` does not name. */
export function withDefaults(chosen: Partial<SettingChoices>): SettingChoices {
  const entries = settingNames.map((name) => {
    const fallback = { value: settingDefinitions[name].default, allowUserOverride: overrideAllowedByDefault };
    return [name, chosen[name] ?? fallback] as const;
  });
  return Object.fromEntries(entries) as SettingChoices;
}

/** What holds for one member: their own value where the organization allows it, and the organization's. */
export function valuesForMember(choices: SettingChoices, own: Partial<SettingValues>): SettingValues {
  const entries = settingNames.map((name) => {
    const { value, allowUserOverride } = choices[name];
    return [name, allowUserOverride ? (own[name] ?? value) : value] as const;
  });
  return Object.fromEntries(entries) as SettingValues;
}

/** Why `value` is none for the setting, as the rest of a sentence that begins with its title; null when it is one. */
export function settingProblem(name: SettingName, value: string): string | null {
  const kind: SettingKind = settingDefinitions[name].kind;
  switch (kind.type) {
    case "count":
      return isCount(value, kind) ? null : `must be a whole number from ${kind.min} to ${kind.max}`;
    case "clockTime":
      return clockTimePattern.test(value) ? null : "must be a time from 00:00 to 23:59, like 09:30";
    case "timeZone":
      return isTimeZone(value) ? null : "is not a time zone of the IANA database, like Europe/Lisbon";
    case "weekdays":
      return weekdaysProblem(value);
    case "text":
      return value.length <= kind.charactersMax ? null : `must have at most ${kind.charactersMax} characters`;
  }
}

/** What is wrong between settings that are fine by themselves; by the name of the one to change. */
export function settingConflict(values: SettingValues): { name: SettingName; message: string } | null {
  const minutes = minutesOfDay(values.dayEnd) - minutesOfDay(values.dayStart);
  if (minutes <= 0) return { name: "dayEnd", message: "must be after the day's start" };
  if (minutes < Number(values.meetingLength)) {
    return { name: "meetingLength", message: `does not fit into a day of ${minutes} minutes` };
  }
  return null;
}

/** Minutes since midnight of a time like 09:30. */
export function minutesOfDay(clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(":").map(Number);
  return hours * 60 + minutes;
}

const clockTimePattern = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

function isCount(value: string, { min, max }: { min: number; max: number }): boolean {
  return /^(0|[1-9][0-9]{0,5})$/.test(value) && Number(value) >= min && Number(value) <= max;
}

function isTimeZone(value: string): boolean {
  try {
    // An offset like +02:00 is accepted there, too, but knows no summer time.
    return /^[A-Za-z]/.test(value) && new Intl.DateTimeFormat("en", { timeZone: value }) !== null;
  } catch {
    return false;
  }
}

function weekdaysProblem(value: string): string | null {
  if (value === "") return "must have at least one day";
  const days = value.split(",");
  const known = days.every((day) => (weekdays as readonly string[]).includes(day));
  if (!known || new Set(days).size !== days.length) return "must name one or more days, each once: mon,tue";
  return null;
}
