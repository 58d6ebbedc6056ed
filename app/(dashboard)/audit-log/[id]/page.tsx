import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { AuditEntryView } from "@/components/audit/audit-entry-view";
import { AuditEntryParams } from "@/lib/schemas/audit";
import { AppError } from "@/lib/server/app-error";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAuditEntry } from "@/lib/server/use-cases/list-audit";

export const metadata: Metadata = { title: "Audit log entry" };

export default async function AuditEntryPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const parsed = AuditEntryParams.safeParse(await params);
  if (!parsed.success) notFound();
  const entry = await getAuditEntry(getDeps(), user, parsed.data.id).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  return <AuditEntryView entry={entry} isOperator={user.isOperator} />;
}
