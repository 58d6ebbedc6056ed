import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { AuditEntryView } from "@/components/audit/audit-entry-view";
import { AuditEntryParams } from "@/lib/schemas/audit";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAuditEntry } from "@/lib/server/use-cases/list-audit";
import { foundOr404 } from "../../found-or-404";

export const metadata: Metadata = { title: "Audit log entry" };

export default async function AuditEntryPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const parsed = AuditEntryParams.safeParse(await params);
  if (!parsed.success) notFound();
  const entry = await foundOr404(getAuditEntry(getDeps(), user, parsed.data.id));
  return <AuditEntryView entry={entry} isOperator={user.isOperator} />;
}
