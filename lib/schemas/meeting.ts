import { z } from "zod";
import type { MeetingChangeKind, MeetingPhase } from "@/lib/domain/meeting";
import { choiceIn } from "./choice-in";
import { commaList } from "./comma-list";
import { momentIn, pageQuery } from "./paging";
import { emailIn } from "./person";
import { idIn } from "./public-id";
import { isPlainDirection, isStorableText, lineIn } from "./storable-text";

export const meetingViews = ["upcoming", "past", "canceled"] as const;
export type MeetingView = (typeof meetingViews)[number];

/** Addresses beside the invitee's, which a mail program takes in one line. */
const optionalInviteesMax = 20;

export const MeetingListQuery = pageQuery.extend({
  view: choiceIn(meetingViews).default("upcoming"),
  owner: z.preprocess(commaList, z.array(idIn("user")).max(50).default([])),
});
export type MeetingListQuery = z.output<typeof MeetingListQuery>;

export const MeetingParams = z.object({ id: idIn("meeting") });
export const MeetingIdIn = z.strictObject({ id: idIn("meeting") });

/** Whose calendar the booking page shows. */
export const CalendarParams = z.object({ with: idIn("user") });

const startIn = z.string("must be chosen").pipe(momentIn);

const answerIn = z
  .string("must be text")
  .trim()
  .max(2_000, "must have at most 2000 characters")
  .refine(isStorableText, "must not contain NUL characters or half a surrogate pair")
  .refine(isPlainDirection, "must not contain characters that turn the direction of text")
  .default("");

const optionalInviteesIn = z
  .string("must be text")
  .max(4_000, "must have at most 4000 characters")
  .default("")
  .transform((text) => text.split(/[\s,;]+/).filter((address) => address !== ""))
  .pipe(
    z
      .array(z.string())
      .max(optionalInviteesMax, `must be at most ${optionalInviteesMax} addresses`)
      .transform((addresses, context) =>
        addresses.map((address) => {
          const parsed = emailIn.safeParse(address);
          if (parsed.success) return parsed.data;
          context.addIssue("must be e-mail addresses, separated by commas");
          return z.NEVER;
        }),
      ),
  )
  .transform((addresses) => [...new Set(addresses)].join(", "));

export const BookingIn = z.strictObject({
  with: idIn("user"),
  start: startIn,
  inviteeName: lineIn(200).pipe(z.string().min(1, "must not be empty")),
  inviteeEmail: emailIn,
  optionalInvitees: optionalInviteesIn,
  name: lineIn(200).pipe(z.string().min(1, "must not be empty")),
  location: lineIn(500).default(""),
  company: lineIn(200).default(""),
  topic: answerIn,
});
export type BookingIn = z.output<typeof BookingIn>;

export const MoveIn = z.strictObject({ id: idIn("meeting"), start: startIn });
export type MoveIn = z.output<typeof MoveIn>;

export interface CalendarOwnerOut {
  /** `usr_...` */
  id: string;
  name: string;
  email: string;
}

/** Timestamps are ISO 8601. */
export interface MeetingOut {
  id: string;
  name: string;
  start: string;
  end: string;
  phase: MeetingPhase;
  owner: CalendarOwnerOut;
  inviteeName: string;
  inviteeEmail: string;
  location: string;
  movedCount: number;
}

export interface MeetingDetail extends MeetingOut {
  emailMeetingId: string;
  zoomMeetingId: string | null;
  optionalInvitees: string;
  formValues: { question: string; answerText: string }[];
  isOwnerMember: boolean;
  /** Why whoever looks cannot move or cancel it, in a sentence; null when they can. */
  moveRefusal: string | null;
  cancelRefusal: string | null;
  /** Newest first. */
  changes: MeetingChangeOut[];
}

export interface MeetingChangeOut {
  kind: MeetingChangeKind;
  actorLabel: string;
  start: string;
  end: string;
  at: string;
  eventType: string;
  /** `evt_...`; null when its retention has ended. */
  eventId: string | null;
  deliveryCount: number;
}

/** What can be booked in somebody's calendar. */
export interface CalendarOut {
  owner: CalendarOwnerOut;
  timeZone: string;
  meetingMinutes: number;
  windowDays: number;
  /** Working days of the booking window, with their free slots. */
  days: CalendarDayOut[];
}

export interface CalendarDayOut {
  /** Like 2026-11-23, in the calendar's time zone. */
  date: string;
  slots: { start: string; end: string }[];
}
