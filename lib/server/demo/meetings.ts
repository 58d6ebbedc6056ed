import "server-only";
import {
  bookingQuestions,
  meetingData,
  meetingEventType,
  type Meeting,
  type MeetingChangeKind,
} from "@/lib/domain/meeting";
import type { DemoMember } from "@/lib/server/db/demo";
import { newId, type PlannedEvent } from "./simulate-week";

export interface DemoChange {
  kind: MeetingChangeKind;
  at: Date;
  /** The meeting after the change. */
  meeting: Meeting;
}

/** A meeting by what happened to it, oldest first. */
export type DemoMeeting = [DemoChange, ...DemoChange[]];

interface PlannedMeeting {
  owner: string;
  /** Working days from today; at `clock`, UTC. */
  day: number;
  clock: string;
  name: string;
  location: string;
  invitee: [name: string, email: string];
  company: string;
  topic: string;
  bookedHoursAgo: number;
  moved?: { hoursAgo: number; day: number; clock: string };
  canceledHoursAgo?: number;
}

const zoom = (id: string) => `https://brightwater.zoom.us/j/${id}`;

/** What a team of three has in its calendars: behind it, ahead of it, moved and called off. */
const plans: readonly PlannedMeeting[] = [
  {
    ...{ owner: "miguel", day: -2, clock: "09:30", bookedHoursAgo: 150, location: zoom("84419520736") },
    ...{ name: "Harborline Shipping: pump monitoring", company: "Harborline Shipping" },
    ...{
      invitee: ["Priya Raman", "priya.raman@harborline.example"],
      topic: "Alerts for our two ferry terminals",
    },
  },
  {
    ...{ owner: "ines", day: -1, clock: "14:00", bookedHoursAgo: 120, location: "Berth 4, second floor" },
    ...{ name: "Quarterly review with Norrvik Dairy", company: "Norrvik Dairy" },
    ...{ invitee: ["Tom Okafor", "tom@norrvik.example"], topic: "Volumes of the autumn, and a second site" },
  },
  {
    ...{ owner: "dana", day: -1, clock: "10:00", bookedHoursAgo: 130, canceledHoursAgo: 100, location: "" },
    ...{ name: "First call with Tinsel & Sons", company: "Tinsel & Sons", topic: "" },
    ...{ invitee: ["Maud Tinsel", "maud@tinsel.example"] },
  },
  {
    ...{ owner: "dana", day: 2, clock: "11:00", bookedHoursAgo: 52, location: zoom("91872204418") },
    ...{ name: "Webhooks for the Kestrel portal", company: "Kestrel Labs" },
    ...{
      invitee: ["Jonas Lindqvist", "jonas@kestrel.example"],
      topic: "Which events tell us of a cancellation?",
    },
    moved: { hoursAgo: 21, day: 1, clock: "13:30" },
  },
  {
    ...{ owner: "ines", day: 1, clock: "10:00", bookedHoursAgo: 44, location: "+351 21 000 0000" },
    ...{ name: "Renewal with Alder Freight", company: "Alder Freight", topic: "Prices for another year" },
    ...{ invitee: ["Rosa Alder", "rosa@alderfreight.example"] },
  },
  {
    ...{ owner: "miguel", day: 3, clock: "15:30", bookedHoursAgo: 6, location: zoom("86120047731") },
    ...{ name: "Migration rehearsal with Osprey", company: "Osprey Retail" },
    ...{ invitee: ["Lena Brandt", "lena@osprey.example"], topic: "A dry run before the weekend" },
  },
  {
    ...{ owner: "dana", day: 4, clock: "09:00", bookedHoursAgo: 30, canceledHoursAgo: 9, location: "" },
    ...{ name: "Demo for Pine & Partners", company: "Pine & Partners", topic: "The test inbox" },
    ...{ invitee: ["Sol Pine", "sol@pine.example"] },
  },
];

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const meetingMs = hourMs / 2;

export function demoMeetings(
  organizationId: string,
  members: readonly DemoMember[],
  now: Date,
): DemoMeeting[] {
  return plans.map((plan) => {
    const member = members.find(({ email }) => email.startsWith(plan.owner));
    if (!member) throw new Error(`The demo has no member ${plan.owner}`);
    return changesOf(plan, organizationId, member, now);
  });
}

/** The events that told of the meetings, as the engine is to publish them. */
export function meetingEvents(meetings: readonly DemoMeeting[], publicUrl: string): PlannedEvent[] {
  return meetings.flat().map(({ kind, at, meeting }) => ({
    at,
    eventType: meetingEventType(kind),
    data: meetingData(meeting, publicUrl),
  }));
}

function changesOf(plan: PlannedMeeting, organizationId: string, member: DemoMember, now: Date): DemoMeeting {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hourMs);
  const bookedAt = hoursAgo(plan.bookedHoursAgo);
  const { id: ownerId, email, firstName, lastName } = member;
  const [inviteeName, inviteeEmail] = plan.invitee;
  const booked: Meeting = {
    ...{ id: newId(bookedAt), organizationId, owner: { id: ownerId, email, firstName, lastName } },
    ...{ ...timesOf(plan, now), canceledAt: null, movedCount: 0, name: plan.name, location: plan.location },
    ...{ inviteeName, inviteeEmail, optionalInvitees: "" },
    formValues: [
      { question: bookingQuestions.company, answerText: plan.company },
      { question: bookingQuestions.topic, answerText: plan.topic },
    ],
  };
  const changes: DemoMeeting = [{ kind: "scheduled", at: bookedAt, meeting: booked }];
  if (plan.moved) {
    const meeting = { ...booked, ...timesOf(plan.moved, now), movedCount: 1 };
    changes.push({ kind: "rescheduled", at: hoursAgo(plan.moved.hoursAgo), meeting });
  }
  if (plan.canceledHoursAgo !== undefined) {
    const at = hoursAgo(plan.canceledHoursAgo);
    changes.push({ kind: "canceled", at, meeting: { ...booked, canceledAt: at } });
  }
  return changes;
}

function timesOf({ day, clock }: { day: number; clock: string }, now: Date) {
  const startsAt = new Date(`${workingDay(day, now)}T${clock}:00Z`);
  return { startsAt, endsAt: new Date(startsAt.getTime() + meetingMs) };
}

/** The date so many working days from today; weekends do not count. */
function workingDay(distance: number, now: Date): string {
  const step = Math.sign(distance) * dayMs;
  let at = now.getTime();
  for (let left = Math.abs(distance); left > 0;) {
    at += step;
    if (![0, 6].includes(new Date(at).getUTCDay())) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}
