import type { Metadata } from "next";
import { ServiceAccountForm } from "@/components/settings/service-account-form";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listOrganizationDomains } from "@/lib/server/use-cases/get-organization";
import { editServiceAccountAction } from "../../actions";
import { loadServiceAccount } from "./load-service-account";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadServiceAccount((await params).id)).name };
}

export default async function ServiceAccountPage({ params }: Props) {
  const user = await requireUser();
  const account = await loadServiceAccount((await params).id);
  const domains = await listOrganizationDomains(getDeps(), user);
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 wrap-anywhere">{account.name}</span>
          <Badge>{account.type}</Badge>
        </span>
      }
      footer={<CopyableId id={account.id} full />}
    >
      <ServiceAccountForm
        key={account.id}
        action={editServiceAccountAction}
        type={account.type}
        account={account}
        domains={domains.map(({ name }) => name)}
      />
    </Card>
  );
}
