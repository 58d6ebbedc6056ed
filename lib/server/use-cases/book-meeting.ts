import "server-only";
import { bookingQuestions, type FormValue } from "@/lib/domain/meeting";
import { calendarRules, freeSlotAt } from "@/lib/domain/meeting-slots";
import type { BookingIn } from "@/lib/schemas/meeting";
import { notFound } from "@/lib/server/app-error";
import { findMeetingOwner } from "@/lib/server/db/meeting-owners";
import { listTaken } from "@/lib/server/db/meetings";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeMeeting } from "./change-meeting";
import { readCalendarValues, slotRefusal } from "./meeting-calendar";

/**
 * Books a meeting in a member's calendar and publishes it. Throws 404 for somebody who is no member, and 409 for a
 * time that is not free.
 */
export function bookMeeting(
  deps: Deps,
  principal: Principal,
  { with: ownerId, start, company, topic, ...booking }: BookingIn,
): Promise<{ id: string }> {
  const { organizationId } = principal;
  return changeMeeting(deps, principal, async (sql, now) => {
    const owner = await findMeetingOwner(sql, organizationId, ownerId);
    if (!owner) throw notFound("member");
    const rules = calendarRules(await readCalendarValues(sql, organizationId, ownerId));
    const taken = await listTaken(sql, organizationId, { ownerId, now });
    const slot = freeSlotAt(rules, taken, now, start);
    if (!slot) throw slotRefusal();
    const after = {
      ...{ id: deps.newId(), organizationId, owner, startsAt: slot.start, endsAt: slot.end },
      ...{ canceledAt: null, movedCount: 0, ...booking, formValues: formValues({ company, topic }) },
    };
    return { kind: "scheduled", before: null, after };
  });
}

/** In the order of the form, also what was left blank: receivers find every question at its place. */
function formValues(answers: Record<keyof typeof bookingQuestions, string>): FormValue[] {
  const { company, topic } = bookingQuestions;
  return [
    { question: company, answerText: answers.company },
    { question: topic, answerText: answers.topic },
  ];
}
