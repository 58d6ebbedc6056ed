import type { Metadata } from "next";
import { OrganizationForm } from "@/components/account/organization-form";
import { AdminsOnly } from "@/components/auth/admins-only";
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
  if (!isAdmin(user)) return <AdminsOnly what="Settings" />;
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
