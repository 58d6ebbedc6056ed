import { z } from "zod";
import type { SettingChoices, SettingValues } from "@/lib/domain/organization-settings";
import { lineIn } from "./storable-text";

const value = lineIn(500).optional();

/** The form sends the ticked days, and an empty text so that none at all is something, too. */
const days = z
  .array(lineIn(20))
  .max(20, "must name each day once")
  .transform((names) => names.filter((name) => name !== "").join(","))
  .optional();

/** What a member chooses for their own calendar; what is left out stays. */
export const MeetingPreferencesPatch = z.strictObject({
  ...{ timeZone: value, workingDays: days, dayStart: value, dayEnd: value },
  ...{ meetingLength: value, minimumNotice: value, bookingWindow: value, location: value },
});
export type MeetingPreferencesPatch = z.output<typeof MeetingPreferencesPatch>;

/** A member's own calendar, and what the organization has chosen. */
export interface MeetingPreferencesOut {
  /** What holds for the member. */
  values: SettingValues;
  organization: SettingChoices;
}
