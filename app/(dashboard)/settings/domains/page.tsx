import type { Metadata } from "next";
import { Globe } from "lucide-react";
import { forbidden } from "next/navigation";
import { AnnouncementNote } from "@/components/settings/announcement-note";
import { DomainForm } from "@/components/settings/domain-form";
import { DomainTable } from "@/components/settings/domain-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAnnouncement, listOrganizationDomains } from "@/lib/server/use-cases/get-organization";
import { addDomainAction, removeDomainAction } from "../actions";

export const metadata: Metadata = { title: "Domains" };

export default async function DomainsPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const deps = getDeps();
  const domains = await listOrganizationDomains(deps, user);
  const announcement = await getAnnouncement(deps, user, "organization.domains.changed");
  return (
    <>
      <Card
        title="Add a domain"
        description={<AnnouncementNote what="A domain that is added or removed" {...announcement} />}
      >
        <DomainForm action={addDomainAction} />
      </Card>
      {domains.length > 0 ? (
        <DomainTable domains={domains} remove={removeDomainAction} />
      ) : (
        <EmptyState icon={Globe} title="No domains yet">
          Add the names behind the @ of your people&rsquo;s addresses. Service accounts serve some of them.
        </EmptyState>
      )}
    </>
  );
}
