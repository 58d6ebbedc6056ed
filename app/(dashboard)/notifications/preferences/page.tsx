import type { Metadata } from "next";
import { NoticePreferencesForm } from "@/components/notifications/notice-preferences-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { isAdmin } from "@/lib/server/principal";
import { getNoticePreferences } from "@/lib/server/use-cases/notice-preferences";
import { updateNoticePreferencesAction } from "../actions";

export const metadata: Metadata = { title: "Notification preferences" };

export default async function NotificationPreferencesPage() {
  const user = await requireUser();
  const wanted = await getNoticePreferences(getDeps(), user);
  return (
    <>
      <PageHeader
        title="Notification preferences"
        description={
          isAdmin(user)
            ? `Mails to ${user.email} about the endpoints of ${user.organizationName}.`
            : `Mails to ${user.email} about the endpoints you created in ${user.organizationName}.`
        }
        breadcrumbs={isAdmin(user) ? [{ label: "Notifications", href: "/notifications" }] : []}
      />
      <NoticePreferencesForm wanted={wanted} action={updateNoticePreferencesAction} />
    </>
  );
}
