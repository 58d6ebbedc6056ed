import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DaysCard, shownDay } from "@/components/scheduler/days-card";
import { MeetingSpan } from "@/components/scheduler/meeting-span";
import { MoveForm } from "@/components/scheduler/move-form";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { type CalendarOut, type MeetingDetail, MeetingParams } from "@/lib/schemas/meeting";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getMeetingMove } from "@/lib/server/use-cases/get-meeting";
import { moveMeetingAction } from "../../actions";
import { foundOr404 } from "../../../found-or-404";

export const metadata: Metadata = { title: "Move a meeting" };

type MovePageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ day?: string | string[] }>;
};

export default async function MovePage({ params, searchParams }: MovePageProps) {
  const user = await requireUser();
  const parsed = MeetingParams.safeParse(await params);
  if (!parsed.success) notFound();
  const { meeting, calendar } = await foundOr404(getMeetingMove(getDeps(), user, parsed.data.id));
  const { day } = await searchParams;
  return (
    <>
      <PageHeader
        title="Move a meeting"
        description={
          <>
            {meeting.name}, now on <MeetingSpan start={meeting.start} end={meeting.end} />
          </>
        }
        breadcrumbs={[
          { label: "Scheduler", href: "/scheduler" },
          { label: meeting.name, href: `/scheduler/${meeting.id}` },
        ]}
      />
      {calendar ? (
        <Moving meeting={meeting} calendar={calendar} asked={typeof day === "string" ? day : undefined} />
      ) : (
        <Callout
          tone="warning"
          title="This meeting cannot be moved"
          className="max-w-4xl"
          actions={<LinkButton href={`/scheduler/${meeting.id}`}>Back to the meeting</LinkButton>}
        >
          {meeting.moveRefusal}
        </Callout>
      )}
    </>
  );
}

type MovingProps = { meeting: MeetingDetail; calendar: CalendarOut; asked: string | undefined };

function Moving({ meeting, calendar, asked }: MovingProps) {
  const shown = shownDay(calendar, asked);
  return (
    <div className="grid max-w-4xl gap-5">
      <DaysCard
        calendar={calendar}
        shown={shown}
        hrefOf={(date) => `/scheduler/${meeting.id}/move?day=${date}`}
        advice={`There is no other free time in this calendar in the next ${calendar.windowDays} days.`}
      />
      {shown && (
        <MoveForm
          action={moveMeetingAction}
          meetingId={meeting.id}
          day={shown}
          timeZone={calendar.timeZone}
        />
      )}
    </div>
  );
}
