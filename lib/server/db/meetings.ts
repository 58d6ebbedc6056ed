import "server-only";
import type { FormValue, Meeting } from "@/lib/domain/meeting";
import type { TimeSpan } from "@/lib/domain/meeting-slots";
import { settingDefinitions } from "@/lib/domain/organization-settings";
import type { MeetingView } from "@/lib/schemas/meeting";
import type { Sql } from "./sql";

export interface MeetingRow extends Meeting {
  /** Whether the owner is still a member of the organization. */
  isOwnerMember: boolean;
}

interface FlatMeeting extends Omit<Meeting, "owner" | "formValues"> {
  ownerId: string;
  ownerEmail: string;
  ownerFirstName: string;
  ownerLastName: string;
  isOwnerMember: boolean;
  formValues: FormValue[];
}

/** The owner by the name that they have now; of somebody who has left, the one that they had here. */
const columns = `
  meeting.id, meeting.organization_id AS "organizationId", owner_id AS "ownerId",
  coalesce(app_user.email, owner_email) AS "ownerEmail",
  coalesce(app_user.first_name, owner_first_name) AS "ownerFirstName",
  coalesce(app_user.last_name, owner_last_name) AS "ownerLastName",
  membership.user_id IS NOT NULL AS "isOwnerMember",
  starts_at AS "startsAt", ends_at AS "endsAt", canceled_at AS "canceledAt", moved_count AS "movedCount",
  meeting.name, location, invitee_name AS "inviteeName", invitee_email AS "inviteeEmail",
  optional_invitees AS "optionalInvitees", form_values AS "formValues"`;

const meetings = `
  meeting
  LEFT JOIN membership
    ON membership.organization_id = meeting.organization_id AND membership.user_id = meeting.owner_id
  LEFT JOIN app_user ON app_user.id = membership.user_id`;

/** Lets a list begin near now instead of at the oldest meeting: none is longer than this. */
const longest = `interval '${settingDefinitions.meetingLength.kind.max} minutes'`;

const views: Record<MeetingView, { where: string; order: "ASC" | "DESC" }> = {
  upcoming: {
    where: `canceled_at IS NULL AND ends_at > $4::timestamptz AND starts_at > $4::timestamptz - ${longest}`,
    order: "ASC",
  },
  past: {
    where: "canceled_at IS NULL AND ends_at <= $4::timestamptz AND starts_at < $4::timestamptz",
    order: "DESC",
  },
  // Every view is asked with the same parameters, and PostgreSQL wants to know the type of each.
  canceled: { where: "canceled_at IS NOT NULL AND $4::timestamptz IS NOT NULL", order: "DESC" },
};

export interface MeetingFilter {
  view: MeetingView;
  /** UUIDs; none means everyone's. */
  ownerIds: readonly string[];
}

/** Nearest first: what comes in the order in which it comes, what is over and what was canceled latest first. */
export async function listMeetings(
  sql: Sql,
  organizationId: string,
  { view, ownerIds }: MeetingFilter,
  { now, afterId, limit }: { now: Date; afterId: string | null; limit: number },
): Promise<MeetingRow[]> {
  const { where, order } = views[view];
  const rows = await sql<FlatMeeting>(
    `SELECT ${columns} FROM ${meetings}
     WHERE meeting.organization_id = $1::uuid AND ${where}
       AND (cardinality($2::uuid[]) = 0 OR owner_id = ANY ($2::uuid[]))
       AND ($3::uuid IS NULL OR (starts_at, meeting.id) ${order === "ASC" ? ">" : "<"}
         (SELECT starts_at, id FROM meeting WHERE organization_id = $1::uuid AND id = $3::uuid))
     ORDER BY starts_at ${order}, meeting.id ${order} LIMIT $5::integer`,
    [organizationId, [...ownerIds], afterId, now, limit],
  );
  return rows.map(withOwner);
}

export async function findMeeting(sql: Sql, organizationId: string, id: string): Promise<MeetingRow | null> {
  const rows = await sql<FlatMeeting>(
    `SELECT ${columns} FROM ${meetings} WHERE meeting.organization_id = $1::uuid AND meeting.id = $2::uuid`,
    [organizationId, id],
  );
  return rows[0] ? withOwner(rows[0]) : null;
}

/** When the owner's meetings take place that are not over; without the one that is to be moved. */
export async function listTaken(
  sql: Sql,
  organizationId: string,
  { ownerId, exceptId = null, now }: { ownerId: string; exceptId?: string | null | undefined; now: Date },
): Promise<TimeSpan[]> {
  return sql<TimeSpan>(
    `SELECT starts_at AS "start", ends_at AS "end" FROM meeting
     WHERE organization_id = $1::uuid AND owner_id = $2::uuid AND canceled_at IS NULL
       AND starts_at > $4::timestamptz - ${longest} AND ends_at > $4::timestamptz
       AND id IS DISTINCT FROM $3::uuid
     ORDER BY starts_at`,
    [organizationId, ownerId, exceptId, now],
  );
}

export async function insertMeeting(sql: Sql, meeting: Meeting, now: Date): Promise<void> {
  const { owner } = meeting;
  await sql(
    `INSERT INTO meeting (id, organization_id, owner_id, owner_email, owner_first_name, owner_last_name, starts_at,
       ends_at, canceled_at, moved_count, name, location, invitee_name, invitee_email, optional_invitees,
       form_values, created_at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9::timestamptz,
       $10::integer, $11, $12, $13, $14, $15, $16::jsonb, $17::timestamptz)`,
    [
      ...[meeting.id, meeting.organizationId, owner.id, owner.email, owner.firstName, owner.lastName],
      ...[meeting.startsAt, meeting.endsAt, meeting.canceledAt, meeting.movedCount],
      ...[meeting.name, meeting.location, meeting.inviteeName, meeting.inviteeEmail],
      ...[meeting.optionalInvitees, JSON.stringify(meeting.formValues), now],
    ],
  );
}

/** Stores what can change of a meeting: when it takes place, whether it does, and who its owner is called. */
export async function updateMeeting(sql: Sql, meeting: Meeting): Promise<void> {
  const { owner } = meeting;
  await sql(
    `UPDATE meeting SET starts_at = $3::timestamptz, ends_at = $4::timestamptz, canceled_at = $5::timestamptz,
       moved_count = $6::integer, owner_email = $7, owner_first_name = $8, owner_last_name = $9
     WHERE organization_id = $1::uuid AND id = $2::uuid`,
    [
      ...[meeting.organizationId, meeting.id, meeting.startsAt, meeting.endsAt, meeting.canceledAt],
      ...[meeting.movedCount, owner.email, owner.firstName, owner.lastName],
    ],
  );
}

function withOwner(row: FlatMeeting): MeetingRow {
  const { ownerId, ownerEmail, ownerFirstName, ownerLastName, ...meeting } = row;
  const owner = { id: ownerId, email: ownerEmail, firstName: ownerFirstName, lastName: ownerLastName };
  return { ...meeting, owner };
}
