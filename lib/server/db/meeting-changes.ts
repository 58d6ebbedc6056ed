import "server-only";
import type { MeetingChangeKind } from "@/lib/domain/meeting";
import type { Sql } from "./sql";

export interface MeetingChange {
  id: string;
  organizationId: string;
  meetingId: string;
  kind: MeetingChangeKind;
  actor: string;
  actorLabel: string;
  startsAt: Date;
  endsAt: Date;
  eventId: string;
  deliveryCount: number;
  at: Date;
}

export async function insertMeetingChange(sql: Sql, change: MeetingChange): Promise<void> {
  await sql(
    `INSERT INTO meeting_change (id, organization_id, meeting_id, kind, actor, actor_label, starts_at, ends_at,
       event_id, delivery_count, at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9::uuid, $10::integer,
       $11::timestamptz)`,
    [
      ...[change.id, change.organizationId, change.meetingId, change.kind, change.actor, change.actorLabel],
      ...[change.startsAt, change.endsAt, change.eventId, change.deliveryCount, change.at],
    ],
  );
}

/** What happened to a meeting, newest first. */
export async function listMeetingChanges(
  sql: Sql,
  organizationId: string,
  meetingId: string,
): Promise<MeetingChange[]> {
  return sql<MeetingChange>(
    `SELECT id, organization_id AS "organizationId", meeting_id AS "meetingId", kind, actor,
       actor_label AS "actorLabel", starts_at AS "startsAt", ends_at AS "endsAt", event_id AS "eventId",
       delivery_count AS "deliveryCount", at
     FROM meeting_change WHERE organization_id = $1::uuid AND meeting_id = $2::uuid ORDER BY id DESC`,
    [organizationId, meetingId],
  );
}
