import { IdCard, Plus } from "lucide-react";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { AnnouncementNote } from "@/components/settings/announcement-note";
import { ServiceAccountTable } from "@/components/settings/service-account-table";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { SectionHeader } from "@/components/ui/section-header";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAnnouncement } from "@/lib/server/use-cases/get-organization";
import { listOwnServiceAccounts } from "@/lib/server/use-cases/get-service-account";
import { removeServiceAccountAction } from "../actions";

export const metadata: Metadata = { title: "Service accounts" };

export default async function ServiceAccountsPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const deps = getDeps();
  const accounts = await listOwnServiceAccounts(deps, user);
  const announcement = await getAnnouncement(deps, user, "organization.service_account.changed");
  const add = (
    <LinkButton href="/settings/service-accounts/new" variant="primary">
      <Plus aria-hidden />
      Add account
    </LinkButton>
  );
  return (
    <>
      <SectionHeader
        title="Service accounts"
        description={
          <>
            The accounts by which your product uses calendars, mail and customer records on behalf of your
            people. Posthorn itself signs in with none of them.{" "}
            <AnnouncementNote what="A change" {...announcement} />
          </>
        }
        actions={accounts.length > 0 && add}
      />
      {accounts.length > 0 ? (
        <ServiceAccountTable accounts={accounts} remove={removeServiceAccountAction} />
      ) : (
        <EmptyState icon={IdCard} title="No service accounts yet" action={add}>
          Add the accounts of Google, Microsoft, Exchange or Salesforce that your product uses, and every
          system that receives your events hears when one of them changes.
        </EmptyState>
      )}
    </>
  );
}
