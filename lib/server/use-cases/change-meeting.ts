import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { meetingData, meetingEventType, type Meeting, type MeetingChangeKind } from "@/lib/domain/meeting";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { insertMeetingChange } from "@/lib/server/db/meeting-changes";
import { insertMeeting, updateMeeting } from "@/lib/server/db/meetings";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { emitEvent } from "@/lib/server/publishing/emit-event";

export interface MeetingStep {
  kind: MeetingChangeKind;
  /** Null for a meeting that is new. */
  before: Meeting | null;
  after: Meeting;
}

/**
 * Stores what `decide` makes of a meeting, with its event, its history and its audit entry, all or nothing. Changes of
 * an organization's meetings wait for each other: what one has found free is free until it is booked.
 */
export async function changeMeeting(
  deps: Deps,
  principal: Principal,
  decide: (sql: Sql, now: Date) => Promise<MeetingStep>,
): Promise<{ id: string }> {
  const { organizationId, actor, actorLabel } = principal;
  const { meeting, deliveryCount } = await deps.transaction(async ({ prisma, sql }) => {
    await lockOrganization(sql, organizationId);
    const now = deps.clock();
    const { kind, before, after } = await decide(sql, now);
    await (before === null ? insertMeeting(sql, after, now) : updateMeeting(sql, after));
    const data = meetingData(after, deps.settings.publicUrl);
    const event = await emitEvent(deps, sql, organizationId, meetingEventType(kind), data);
    const { startsAt, endsAt } = after;
    await insertMeetingChange(sql, {
      ...{ id: deps.newId(), organizationId, meetingId: after.id, kind, actor, actorLabel, startsAt, endsAt },
      ...{ eventId: event.id, deliveryCount: event.deliveryCount, at: now },
    });
    await recordAudit(prisma, principal, auditedChange(kind, before, after), now, deps.newId());
    return { meeting: after, deliveryCount: event.deliveryCount };
  });
  deps.tally.accepted(1);
  if (deliveryCount > 0) deps.wake();
  return { id: encodeId("mtg", meeting.id) };
}

function auditedChange(kind: MeetingChangeKind, before: Meeting | null, after: Meeting): AuditedChange {
  return {
    action: `meeting.${kind}`,
    target: encodeId("mtg", after.id),
    ...(before && { before: auditedMeeting(before) }),
    after: auditedMeeting(after),
  };
}

function auditedMeeting({ name, owner, inviteeEmail, startsAt, endsAt, canceledAt }: Meeting) {
  const isCanceled = canceledAt !== null;
  const people = { owner: owner.email, invitee: inviteeEmail };
  return { name, ...people, start: startsAt.toISOString(), end: endsAt.toISOString(), isCanceled };
}
