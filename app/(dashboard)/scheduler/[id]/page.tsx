import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MeetingActions } from "@/components/scheduler/meeting-actions";
import { MeetingView } from "@/components/scheduler/meeting-view";
import { phaseLabels, phaseTones } from "@/components/scheduler/meeting-words";
import { PublishedNote } from "@/components/scheduler/published-note";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { MeetingParams } from "@/lib/schemas/meeting";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getMeeting } from "@/lib/server/use-cases/get-meeting";
import { cancelMeetingAction } from "../actions";
import { foundOr404 } from "../../found-or-404";

export const metadata: Metadata = { title: "Meeting" };

type MeetingPageProps = {
  params: Promise<{ id: string }>;
  /** `done`: whoever looks has just changed it. */
  searchParams: Promise<{ done?: string | string[] }>;
};

export default async function MeetingPage({ params, searchParams }: MeetingPageProps) {
  const user = await requireUser();
  const parsed = MeetingParams.safeParse(await params);
  if (!parsed.success) notFound();
  const meeting = await foundOr404(getMeeting(getDeps(), user, parsed.data.id));
  const { name, phase, changes, cancelRefusal, moveRefusal } = meeting;
  const [latest] = changes;
  return (
    <>
      <PageHeader
        title={name}
        badge={<Badge tone={phaseTones[phase]}>{phaseLabels[phase]}</Badge>}
        description={cancelRefusal ?? moveRefusal}
        breadcrumbs={[{ label: "Scheduler", href: "/scheduler" }]}
        actions={<MeetingActions meeting={meeting} cancel={cancelMeetingAction} />}
      />
      {latest && (await searchParams).done !== undefined && <PublishedNote change={latest} />}
      <MeetingView meeting={meeting} />
    </>
  );
}
