import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { ServiceAccountForm } from "@/components/settings/service-account-form";
import { Card } from "@/components/ui/card";
import { serviceAccountTypes } from "@/lib/domain/service-account";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { listOrganizationDomains } from "@/lib/server/use-cases/get-organization";
import { addServiceAccountAction } from "../../actions";

export const metadata: Metadata = { title: "Add a service account" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function NewServiceAccountPage({ searchParams }: { searchParams: Search }) {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const asked = (await searchParams)["type"];
  const type = serviceAccountTypes.find((known) => known === asked) ?? "Google";
  const domains = await listOrganizationDomains(getDeps(), user);
  return (
    <Card title="Add a service account">
      <ServiceAccountForm
        action={addServiceAccountAction}
        type={type}
        domains={domains.map(({ name }) => name)}
      />
    </Card>
  );
}
