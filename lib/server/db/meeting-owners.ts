import "server-only";
import type { MeetingOwner } from "@/lib/domain/meeting";
import type { Sql } from "./sql";

const columns = `app_user.id, app_user.email, first_name AS "firstName", last_name AS "lastName"`;

/** The members of the organization, each of whom has a calendar, by name. */
export async function listMeetingOwners(sql: Sql, organizationId: string): Promise<MeetingOwner[]> {
  return sql<MeetingOwner>(
    `SELECT ${columns} FROM membership JOIN app_user ON app_user.id = membership.user_id
     WHERE organization_id = $1::uuid ORDER BY lower(first_name), lower(last_name), app_user.id`,
    [organizationId],
  );
}

export async function findMeetingOwner(
  sql: Sql,
  organizationId: string,
  userId: string,
): Promise<MeetingOwner | null> {
  const rows = await sql<MeetingOwner>(
    `SELECT ${columns} FROM membership JOIN app_user ON app_user.id = membership.user_id
     WHERE organization_id = $1::uuid AND user_id = $2::uuid`,
    [organizationId, userId],
  );
  return rows[0] ?? null;
}
