import "server-only";
import type { NoticeKind, NoticeState } from "@/lib/domain/notice";
import type { Sql } from "./sql";

/** What admins see of the outbox. */
export interface MailRow {
  id: string;
  kind: NoticeKind;
  endpointId: string;
  endpointUrl: string | null;
  recipient: string;
  subject: string;
  state: NoticeState;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  nextTryAt: Date | null;
  sentAt: Date | null;
}

const columns = `m.id, m.kind, m.endpoint_id AS "endpointId", e.url AS "endpointUrl", m.recipient, m.subject, m.state,
  m.attempts, m.last_error AS "lastError", m.created_at AS "createdAt", m.next_try_at AS "nextTryAt",
  m.sent_at AS "sentAt"`;
const source = `mail_outbox m
  LEFT JOIN endpoint e ON e.id = m.endpoint_id AND e.organization_id = m.organization_id AND e.deleted_at IS NULL`;

export interface MailFilter {
  /** Empty: any. */
  kinds: readonly string[];
  states: readonly string[];
  endpointId: string | null;
}

/** Newest first, after the mail with the id `afterId`. */
export async function listMails(
  sql: Sql,
  organizationId: string,
  { kinds, states, endpointId }: MailFilter,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<MailRow[]> {
  return sql<MailRow>(
    `SELECT ${columns} FROM ${source}
     WHERE m.organization_id = $1::uuid
       AND (cardinality($2::text[]) = 0 OR m.kind = ANY ($2::text[]))
       AND (cardinality($3::text[]) = 0 OR m.state = ANY ($3::text[]))
       AND ($4::uuid IS NULL OR m.endpoint_id = $4::uuid)
       AND ($5::uuid IS NULL OR m.id < $5::uuid)
     ORDER BY m.id DESC LIMIT $6::integer`,
    [organizationId, kinds, states, endpointId, afterId, limit],
  );
}

export async function findMail(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<(MailRow & { html: string; text: string }) | null> {
  const [row] = await sql<MailRow & { html: string; text: string }>(
    `SELECT ${columns}, m.html, m.text FROM ${source} WHERE m.organization_id = $1::uuid AND m.id = $2::uuid`,
    [organizationId, id],
  );
  return row ?? null;
}

/** Endpoints with mails about them, by URL, at most 200. */
export async function listMailEndpoints(
  sql: Sql,
  organizationId: string,
): Promise<{ id: string; url: string }[]> {
  return sql(
    `SELECT e.id, e.url FROM endpoint e
     WHERE e.organization_id = $1::uuid AND e.deleted_at IS NULL AND EXISTS (
       SELECT FROM mail_outbox m WHERE m.organization_id = $1::uuid AND m.endpoint_id = e.id)
     ORDER BY e.url LIMIT 200`,
    [organizationId],
  );
}
