import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { Meeting, MeetingOwner } from "@/lib/domain/meeting";
import { calendarRules, slotDays, type CalendarRules } from "@/lib/domain/meeting-slots";
import { valuesForMember, type SettingValues } from "@/lib/domain/organization-settings";
import type { CalendarOut, CalendarOwnerOut } from "@/lib/schemas/meeting";
import { AppError, notFound } from "@/lib/server/app-error";
import { findMeetingOwner, listMeetingOwners } from "@/lib/server/db/meeting-owners";
import { listTaken } from "@/lib/server/db/meetings";
import { readOwnSettings, readSettings } from "@/lib/server/db/organization-settings";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";

/** Everyone in the organization: each has a calendar that any other may book in. */
export async function listCalendarOwners(deps: Deps, principal: Principal): Promise<CalendarOwnerOut[]> {
  return (await listMeetingOwners(deps.sql, principal.organizationId)).map(ownerOut);
}

/** What is free in a member's calendar, and the location that a meeting there has by default. Throws 404. */
export async function getCalendar(
  deps: Deps,
  { organizationId }: Principal,
  ownerId: string,
): Promise<CalendarOut & { location: string }> {
  const owner = await findMeetingOwner(deps.sql, organizationId, ownerId);
  if (!owner) throw notFound("member");
  const values = await readCalendarValues(deps.sql, organizationId, ownerId);
  const calendar = await calendarOut(deps, organizationId, owner, calendarRules(values), null);
  return { ...calendar, location: values.location };
}

/** What is free for a meeting that is to be moved, which keeps its length. */
export async function calendarForMove(deps: Deps, meeting: Meeting): Promise<CalendarOut> {
  const { organizationId, owner } = meeting;
  const calendar = await calendarOut(
    deps,
    organizationId,
    owner,
    await rulesForMove(deps.sql, meeting),
    meeting.id,
  );
  // Its own time is free for it, but choosing that moves nothing.
  const ownStart = meeting.startsAt.toISOString();
  const isElsewhen = ({ start }: { start: string }) => start !== ownStart;
  return {
    ...calendar,
    days: calendar.days.map(({ date, slots }) => ({ date, slots: slots.filter(isElsewhen) })),
  };
}

export async function readCalendarValues(
  sql: Sql,
  organizationId: string,
  userId: string,
): Promise<SettingValues> {
  const choices = await readSettings(sql, organizationId);
  return valuesForMember(choices, await readOwnSettings(sql, organizationId, userId));
}

export async function rulesForMove(sql: Sql, meeting: Meeting): Promise<CalendarRules> {
  const rules = calendarRules(await readCalendarValues(sql, meeting.organizationId, meeting.owner.id));
  return { ...rules, meetingMs: meeting.endsAt.getTime() - meeting.startsAt.getTime() };
}

/** The refusal of a time that somebody else has booked meanwhile, or that never was one. */
export function slotRefusal(): AppError {
  return new AppError(409, "This time is not free any more. Nothing was changed; choose another.", {
    errors: [{ path: "start", message: "this time is not free any more; choose another" }],
  });
}

export function ownerOut({ id, email, firstName, lastName }: MeetingOwner): CalendarOwnerOut {
  return { id: encodeId("usr", id), name: `${firstName} ${lastName}`.trim(), email };
}

async function calendarOut(
  deps: Deps,
  organizationId: string,
  owner: MeetingOwner,
  rules: CalendarRules,
  exceptId: string | null,
): Promise<CalendarOut> {
  const now = deps.clock();
  const taken = await listTaken(deps.sql, organizationId, { ownerId: owner.id, exceptId, now });
  return {
    owner: ownerOut(owner),
    timeZone: rules.timeZone,
    meetingMinutes: rules.meetingMs / 60_000,
    windowDays: rules.windowDays,
    days: slotDays(rules, taken, now).map(({ date, slots }) => ({
      date,
      slots: slots.map(({ start, end }) => ({ start: start.toISOString(), end: end.toISOString() })),
    })),
  };
}
