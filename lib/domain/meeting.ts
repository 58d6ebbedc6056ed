import { encodeId } from "@/lib/domain/ids";

/** What happens to a meeting; each is an event type of that name. */
export const meetingChanges = ["scheduled", "rescheduled", "canceled"] as const;
export type MeetingChangeKind = (typeof meetingChanges)[number];

export const meetingEventType = (kind: MeetingChangeKind) => `scheduling.smartscheduler.${kind}`;

export interface FormValue {
  question: string;
  answerText: string;
}

/** What the booking page asks beside when and with whom, by the name of its field. */
export const bookingQuestions = {
  company: "Company",
  topic: "What would you like to talk about?",
} as const;

export interface MeetingOwner {
  /** UUID of the user. */
  id: string;
  email: string;
  firstName: string;
  lastName: string;
}

export interface Meeting {
  /** UUIDs. */
  id: string;
  organizationId: string;
  owner: MeetingOwner;
  startsAt: Date;
  endsAt: Date;
  canceledAt: Date | null;
  movedCount: number;
  name: string;
  location: string;
  inviteeName: string;
  inviteeEmail: string;
  /** E-mail addresses, separated by commas. */
  optionalInvitees: string;
  formValues: FormValue[];
}

export type MeetingPhase = "upcoming" | "running" | "past" | "canceled";

type MeetingTimes = Pick<Meeting, "startsAt" | "endsAt" | "canceledAt">;

export function meetingPhase({ startsAt, endsAt, canceledAt }: MeetingTimes, now: Date): MeetingPhase {
  if (canceledAt !== null) return "canceled";
  if (endsAt <= now) return "past";
  return startsAt <= now ? "running" : "upcoming";
}

/** Why a meeting can be neither moved nor canceled, in a sentence; null while it can. */
export function changeRefusal(phase: MeetingPhase): string | null {
  switch (phase) {
    case "upcoming":
      return null;
    case "running":
      return "This meeting has begun: it can be neither moved nor canceled.";
    case "past":
      return "This meeting is over: it can be neither moved nor canceled.";
    case "canceled":
      return "This meeting was canceled: it can be neither moved nor canceled again.";
  }
}

/** The identifier of a meeting's e-mail conversation: one for its whole life, however often it is moved. */
export function emailMeetingId(id: string): string {
  return encodeId("mtg", id).replace(/^mtg_/, "em_");
}

const zoomHost = /(^|\.)zoom(gov)?\.(us|com)$/;
/** `/j/84419520736`, in the browser client `/wc/84419520736/join` and `/wc/join/84419520736`, webinars `/w/...`. */
const zoomPath = /^\/(?:(?:j|s|w|wc\/join)\/(\d{9,11})|wc\/(\d{9,11})\/(?:join|start))\/?$/;

/** The meeting that a Zoom link in `location` leads to; null for every other place. */
export function zoomMeetingId(location: string): string | null {
  const [link] = /https?:\/\/\S+/i.exec(location) ?? [];
  if (link === undefined || !URL.canParse(link)) return null;
  const { hostname, pathname } = new URL(link);
  if (!zoomHost.test(hostname)) return null;
  const match = zoomPath.exec(pathname);
  return match?.[1] ?? match?.[2] ?? null;
}

/** The page on which anybody of the organization books a meeting with its owner. */
export function calendarUrl(publicUrl: string, ownerId: string): string {
  return `${publicUrl}/scheduler/book?with=${encodeId("usr", ownerId)}`;
}

/** A meeting as the scheduling events have it (lib/domain/catalog/scheduling.ts). */
export function meetingData(meeting: Meeting, publicUrl: string): Record<string, unknown> {
  const { id, organizationId, owner } = meeting;
  const userId = encodeId("usr", owner.id);
  return {
    id: encodeId("mtg", id),
    emailMeetingId: emailMeetingId(id),
    organizationId: encodeId("org", organizationId),
    zoomMeetingId: zoomMeetingId(meeting.location),
    meetingStart: meeting.startsAt.toISOString(),
    meetingEnd: meeting.endsAt.toISOString(),
    isCanceled: meeting.canceledAt !== null,
    meetingOwner: { userId, username: owner.email, lastName: owner.lastName, firstName: owner.firstName },
    meetingInfo: {
      primaryInviteeName: meeting.inviteeName,
      primaryInvitee: meeting.inviteeEmail,
      optionalInvitees: meeting.optionalInvitees,
      meetingName: meeting.name,
      location: meeting.location,
      // A meeting that was moved is made from the conversation that it began with.
      existingEmailMeetingId: meeting.movedCount > 0 ? emailMeetingId(id) : null,
      calendarUrl: calendarUrl(publicUrl, owner.id),
      organizationPath: encodeId("org", organizationId),
      calendarPath: userId,
      formValues: meeting.formValues.map(({ question, answerText }) => ({ question, answerText })),
      surveyQuestions: [],
    },
  };
}
