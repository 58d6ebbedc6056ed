import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { AppError, notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { findMail } from "@/lib/server/db/mail-log";
import { requeueMail } from "@/lib/server/db/mail-outbox";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";

/**
 * Sends a failed or kept mail after all, with all of its tries. Admins only; throws 404, and 409 when there is no mail
 * server or the mail was sent or is about to be.
 */
export async function retryNotice(deps: Deps, principal: Principal, id: string): Promise<void> {
  requireAdmin(principal);
  const { organizationId } = principal;
  if (deps.mailer === null) {
    throw new AppError(409, "No mail server is configured: set SMTP_URL and MAIL_FROM, then try again.");
  }
  await deps.transaction(async ({ prisma, sql }) => {
    const mail = await findMail(sql, organizationId, id);
    if (!mail) throw notFound("notification");
    const now = deps.clock();
    if (!(await requeueMail(sql, organizationId, id, now))) {
      throw new AppError(409, "This mail was sent already, or is waiting to be.");
    }
    const after = { recipient: mail.recipient, subject: mail.subject };
    const change: AuditedChange = { action: "notification.retried", target: encodeId("ntc", id), after };
    await recordAudit(prisma, principal, change, now, deps.newId());
  });
}
