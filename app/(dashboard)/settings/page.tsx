import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { OrganizationForm } from "@/components/account/organization-form";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { PageHeader } from "@/components/ui/page-header";
import { encodeId } from "@/lib/domain/ids";
import { requireUser } from "@/lib/server/auth/session";
import { isAdmin } from "@/lib/server/principal";
import { renameOrganizationAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  return (
    <>
      <PageHeader title="Settings" description="What holds for the whole organization." />
      <div className="grid max-w-3xl gap-5">
        <Card
          title="Organization"
          footer={
            <span>
              Its id: <CopyableId id={encodeId("org", user.organizationId)} full />
            </span>
          }
        >
          <OrganizationForm action={renameOrganizationAction} name={user.organizationName} />
        </Card>
      </div>
    </>
  );
}
