import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { AnnouncementNote } from "@/components/settings/announcement-note";
import { ModuleSettingsForm } from "@/components/settings/module-settings-form";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { timeZoneNames, timeZoneOptions } from "@/lib/format/time-zones";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getAnnouncement, getOrganizationSettings } from "@/lib/server/use-cases/get-organization";
import { changeSchedulingSettingsAction } from "../actions";

export const metadata: Metadata = { title: "Preferences" };

export default async function PreferencesPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const deps = getDeps();
  const settings = await getOrganizationSettings(deps, user);
  const announcement = await getAnnouncement(deps, user, "organization.setting.changed");
  return (
    <Card
      title="Scheduling"
      description={
        <>
          <AnnouncementNote what="Each changed setting" {...announcement} /> Members choose their own, where
          they may, in <TextLink href="/scheduler/preferences">their calendar</TextLink>.
        </>
      }
    >
      <ModuleSettingsForm
        module="scheduling"
        action={changeSchedulingSettingsAction}
        saved={settings}
        timeZones={timeZoneOptions(timeZoneNames(), settings.timeZone.value)}
      />
    </Card>
  );
}
