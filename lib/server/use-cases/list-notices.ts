import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { NoticeDetail, NoticeEndpoint, NoticeListQuery, NoticeOut } from "@/lib/schemas/notification";
import type { Page } from "@/lib/schemas/paging";
import { notFound } from "@/lib/server/app-error";
import { findMail, listMailEndpoints, listMails, type MailRow } from "@/lib/server/db/mail-log";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { cursorId, toPage } from "./paging";

/** Mails of the organization, newest first. Admins only; throws 422 for a cursor that is none. */
export async function listNotices(
  deps: Deps,
  principal: Principal,
  query: NoticeListQuery,
): Promise<Page<NoticeOut>> {
  requireAdmin(principal);
  const afterId = cursorId("ntc", query.cursor);
  const { limit, kind: kinds, state: states, endpoint: endpointId = null } = query;
  const filter = { kinds, states, endpointId };
  const rows = await listMails(deps.sql, principal.organizationId, filter, { afterId, limit: limit + 1 });
  return toPage(rows, limit, toNoticeOut);
}

/** One mail with its content. Admins only; throws 404. */
export async function getNotice(deps: Deps, principal: Principal, id: string): Promise<NoticeDetail> {
  requireAdmin(principal);
  const row = await findMail(deps.sql, principal.organizationId, id);
  if (!row) throw notFound("notification");
  return { ...toNoticeOut(row), html: row.html, text: row.text };
}

/** The endpoints that the list can be filtered by. Admins only. */
export async function listNoticeEndpoints(deps: Deps, principal: Principal): Promise<NoticeEndpoint[]> {
  requireAdmin(principal);
  const rows = await listMailEndpoints(deps.sql, principal.organizationId);
  return rows.map(({ id, url }) => ({ id: encodeId("ep", id), url }));
}

function toNoticeOut(row: MailRow): NoticeOut {
  const { kind, endpointUrl, recipient, subject, state, attempts, lastError } = row;
  return {
    id: encodeId("ntc", row.id),
    kind,
    endpointId: encodeId("ep", row.endpointId),
    endpointUrl,
    recipient,
    subject,
    state,
    attempts,
    lastError,
    createdAt: row.createdAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}
