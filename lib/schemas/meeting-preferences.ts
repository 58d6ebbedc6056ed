import { z } from "zod";
import type { SettingKind, SettingName } from "@/lib/domain/organization-settings";
import type { ActionResult } from "./action-result";
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

export interface MeetingPreferenceOut {
  name: SettingName;
  title: string;
  helpText: string;
  kind: SettingKind;
  /** What holds for the member. */
  value: string;
  organizationValue: string;
  /** Whether the organization lets its members choose. */
  isAllowed: boolean;
}

/** What came of saving, with what was entered: a form that is refused keeps it. */
export interface PreferencesFormState {
  result: ActionResult<void>;
  values: Partial<Record<SettingName, string>>;
}
