import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { AnnouncementNote } from "@/components/settings/announcement-note";
import { OrganizationProfileForm } from "@/components/settings/organization-profile-form";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { encodeId } from "@/lib/domain/ids";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAnnouncement, getOrganizationProfile } from "@/lib/server/use-cases/get-organization";
import { changeOrganizationProfileAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const deps = getDeps();
  const profile = await getOrganizationProfile(deps, user);
  const announcement = await getAnnouncement(deps, user, "organization.profile.changed");
  return (
    <Card
      title="Profile"
      description={<AnnouncementNote what="A changed profile" {...announcement} />}
      footer={
        <span>
          The organization&rsquo;s id: <CopyableId id={encodeId("org", user.organizationId)} full />
        </span>
      }
    >
      <OrganizationProfileForm action={changeOrganizationProfileAction} profile={profile} />
    </Card>
  );
}
