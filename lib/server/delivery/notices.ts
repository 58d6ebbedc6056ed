import "server-only";
import type { Health } from "@/lib/domain/endpoint-health";
import { encodeId } from "@/lib/domain/ids";
import type { NoticeKind } from "@/lib/domain/notice";
import { describeNotice } from "@/lib/domain/notice-text";
import { lockEndpoints, type LockedEndpoint } from "@/lib/server/db/lifecycles";
import { findNoticeContext, insertMails, listRecipients } from "@/lib/server/db/mail-outbox";
import { dueReminders, takeReminder } from "@/lib/server/db/probation-reminders";
import { poolSql, sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { eachInTurn } from "./each-in-turn";
import type { Engine } from "./engine";

export type NoticeTools = Pick<Engine, "clock" | "newId" | "settings" | "mailer">;

export interface Notice {
  kind: NoticeKind;
  /** What the rules decided and why, in the words of the page and the API. */
  health: Health;
  reason: string;
}

/**
 * Puts a mail to everyone concerned into the outbox, in the transaction that decided on it: a rollback leaves no mail.
 * Without a mail server the mails are kept, to be read in the dashboard.
 */
export async function enqueueNotice(
  tools: NoticeTools,
  sql: Sql,
  endpoint: Pick<LockedEndpoint, "id" | "organizationId" | "createdBy" | "url">,
  { kind, health, reason }: Notice,
): Promise<void> {
  const { id: endpointId, organizationId } = endpoint;
  const recipients = await listRecipients(sql, organizationId, kind, endpoint.createdBy);
  if (recipients.length === 0) return;
  const { organizationName, endpointDescription } = await findNoticeContext(sql, organizationId, endpointId);
  const now = tools.clock();
  const notice = describeNotice({
    kind,
    endpointUrl: endpoint.url,
    endpointDescription,
    reason,
    health,
    now,
  });
  // Loaded at the first notice: the template library is large, and a process may never need it.
  const { renderNotice } = await import("@/lib/server/mail/render-mail");
  const mail = await renderNotice(
    notice,
    organizationName,
    linksTo(tools.settings.publicUrl, endpointId, kind),
  );
  await insertMails(
    sql,
    recipients.map((recipient) => ({
      id: tools.newId(),
      organizationId,
      endpointId,
      kind,
      recipient,
      ...mail,
      state: tools.mailer === null ? "kept" : "waiting",
      createdAt: now,
    })),
  );
}

function linksTo(publicUrl: string, endpointId: string, kind: NoticeKind) {
  const page = `${publicUrl}/endpoints/${encodeId("ep", endpointId)}`;
  return {
    evidence: kind === "recovered" ? page : `${page}/attempts?outcome=failed`,
    preferences: `${publicUrl}/notifications/preferences`,
  };
}

/** Reminds of every probation whose next period is over: once per period, however many processes keep house. */
export async function sendReminders(engine: NoticeTools & Pick<Engine, "pool">): Promise<void> {
  await eachInTurn(await dueReminders(poolSql(engine.pool), engine.clock()), (id) =>
    sqlTransaction(engine.pool, async (sql) => {
      const [endpoint] = await lockEndpoints(sql, [id]);
      if (!endpoint || !(await takeReminder(sql, id, engine.clock()))) return;
      const { health } = endpoint.lifecycle;
      await enqueueNotice(engine, sql, endpoint, {
        kind: "probation_reminder",
        health,
        reason: health.statusReason ?? "The endpoint is on probation.",
      });
    }),
  );
}
