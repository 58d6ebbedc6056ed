import type { Metadata } from "next";
import { PreferencesForm } from "@/components/scheduler/preferences-form";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { timeZoneNames, timeZoneOptions } from "@/lib/format/time-zones";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getMeetingPreferences } from "@/lib/server/use-cases/meeting-preferences";
import { saveMeetingPreferencesAction } from "../actions";

export const metadata: Metadata = { title: "My calendar" };

export default async function MeetingPreferencesPage() {
  const user = await requireUser();
  const preferences = await getMeetingPreferences(getDeps(), user);
  return (
    <>
      <PageHeader
        title="My calendar"
        description={`When meetings can be booked with you in ${user.organizationName}. What you leave as it is follows the organization.`}
        breadcrumbs={[{ label: "Scheduler", href: "/scheduler" }]}
        actions={<LinkButton href={`/scheduler/book?with=${user.actor}`}>See what is free</LinkButton>}
      />
      <PreferencesForm
        preferences={preferences}
        timeZones={timeZoneOptions(timeZoneNames(), preferences.values.timeZone)}
        action={saveMeetingPreferencesAction}
      />
    </>
  );
}
