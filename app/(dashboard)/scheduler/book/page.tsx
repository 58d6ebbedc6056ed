import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BookingForm } from "@/components/scheduler/booking-form";
import { DaysCard, shownDay } from "@/components/scheduler/days-card";
import { OwnerPicker } from "@/components/scheduler/owner-picker";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { CalendarParams } from "@/lib/schemas/meeting";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getCalendar, listCalendarOwners } from "@/lib/server/use-cases/meeting-calendar";
import { bookMeetingAction } from "../actions";
import { foundOr404 } from "../../found-or-404";

export const metadata: Metadata = { title: "Book a meeting" };

type BookPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The page of one member's calendar (`?with=usr_...`), by default one's own. */
export default async function BookPage({ searchParams }: BookPageProps) {
  const user = await requireUser();
  const { with: asked = user.actor, day } = await searchParams;
  const parsed = CalendarParams.safeParse({ with: asked });
  if (!parsed.success) notFound();
  const deps = getDeps();
  const calendar = await foundOr404(getCalendar(deps, user, parsed.data.with));
  const owners = await listCalendarOwners(deps, user);
  const { owner, timeZone, windowDays, location } = calendar;
  const shown = shownDay(calendar, typeof day === "string" ? day : undefined);
  const isOwn = owner.id === user.actor;
  const advice = `Nothing is free in this calendar in the next ${windowDays} days.`;
  return (
    <>
      <PageHeader title="Book a meeting" breadcrumbs={[{ label: "Scheduler", href: "/scheduler" }]} />
      <div className="grid max-w-4xl gap-5">
        <OwnerPicker owners={owners} chosenId={owner.id} ownId={user.actor} />
        <DaysCard
          calendar={calendar}
          shown={shown}
          hrefOf={(date) => `/scheduler/book?${new URLSearchParams({ with: owner.id, day: date })}`}
          advice={
            isOwn ? (
              <>
                {advice} Widen your working hours or the booking window in{" "}
                <TextLink href="/scheduler/preferences">your calendar</TextLink>.
              </>
            ) : (
              `${advice} Choose somebody else's, or ask ${owner.name || owner.email} for time.`
            )
          }
        />
        {shown && (
          <BookingForm
            key={owner.id}
            action={bookMeetingAction}
            ownerId={owner.id}
            ownerName={owner.name || owner.email}
            day={shown}
            timeZone={timeZone}
            location={location}
          />
        )}
      </div>
    </>
  );
}
