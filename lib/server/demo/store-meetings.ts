import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { meetingEventType } from "@/lib/domain/meeting";
import type { DemoOwner } from "@/lib/server/db/demo";
import type { NewEvent } from "@/lib/server/db/events";
import { insertMeetingChange } from "@/lib/server/db/meeting-changes";
import { insertMeeting } from "@/lib/server/db/meetings";
import type { Sql } from "@/lib/server/db/sql";
import type { DemoMeeting } from "./meetings";
import { newId } from "./simulate-week";

/** Writes the meetings as they are by now, and their histories with the events of the simulated week. */
export async function storeMeetings(
  sql: Sql,
  { organizationId, userId, email }: DemoOwner,
  meetings: readonly DemoMeeting[],
  events: readonly NewEvent[],
): Promise<void> {
  const actor = { actor: encodeId("usr", userId), actorLabel: email };
  for (const changes of meetings) {
    const latest = changes[changes.length - 1] ?? changes[0];
    await insertMeeting(sql, latest.meeting, changes[0].at);
    for (const { kind, at, meeting } of changes) {
      const { id: meetingId, startsAt, endsAt } = meeting;
      const event = events.find(
        ({ eventType, dataText }) =>
          eventType === meetingEventType(kind) && dataText.includes(encodeId("mtg", meetingId)),
      );
      if (!event) throw new Error(`The demo's week has no event of the meeting ${meeting.name}`);
      await insertMeetingChange(sql, {
        ...{ id: newId(at), organizationId, meetingId, kind, ...actor, startsAt, endsAt },
        ...{ eventId: event.id, deliveryCount: event.deliveryCount, at },
      });
    }
  }
}
