import "server-only";
import type { PublishedOut } from "@/lib/schemas/event";
import type { EventDraftToPublish } from "@/lib/schemas/event-draft";
import { invalid } from "@/lib/server/app-error";
import { recordAudit } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { parseDraftData } from "@/lib/server/publishing/draft-data";
import { publishEvent } from "./publish-event";

/**
 * Publishes what a person typed, as `publishEvent` does, and notes who did: an event itself does not tell. The note
 * follows the event, which is stored by then whatever happens.
 */
export async function publishEventDraft(
  deps: Deps,
  principal: Principal,
  { eventType, dataText, idempotencyKey }: EventDraftToPublish,
): Promise<PublishedOut> {
  const parsed = parseDraftData(dataText);
  if ("problem" in parsed) throw invalid([parsed.problem]);
  const published = await publishEvent(
    deps,
    principal,
    { eventType, data: parsed.data },
    {
      idempotencyKey: idempotencyKey === "" ? null : idempotencyKey,
      bodyText: `{"eventType":${JSON.stringify(eventType)},"data":${dataText}}`,
    },
  );
  if (!published.duplicate) {
    const change = { action: "event.published", target: published.eventId, after: { eventType } };
    await recordAudit(deps.prisma, principal, change, deps.clock(), deps.newId());
  }
  return published;
}
