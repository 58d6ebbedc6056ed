import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { PublishedOut } from "@/lib/schemas/event";
import type { EventDraftToPublish } from "@/lib/schemas/event-draft";
import { invalid } from "@/lib/server/app-error";
import type { AuditedChange } from "@/lib/server/db/audit";
import { insertAudit } from "@/lib/server/db/insert-audit";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { parseDraftData } from "@/lib/server/publishing/draft-data";
import { publishEvent } from "./publish-event";

/** Publishes what a person typed, as `publishEvent` does, and notes who did: an event itself does not tell. */
export async function publishEventDraft(
  deps: Deps,
  principal: Principal,
  { eventType, dataText, idempotencyKey }: EventDraftToPublish,
): Promise<PublishedOut> {
  const parsed = parseDraftData(dataText);
  if ("problem" in parsed) throw invalid([parsed.problem]);
  return publishEvent(
    deps,
    principal,
    { eventType, data: parsed.data },
    {
      idempotencyKey: idempotencyKey === "" ? null : idempotencyKey,
      bodyText: `{"eventType":${JSON.stringify(eventType)},"data":${dataText}}`,
      alongside: (sql, eventId) => {
        const target = encodeId("evt", eventId);
        const change: AuditedChange = { action: "event.published", target, after: { eventType } };
        return insertAudit(sql, principal, change, deps.clock(), deps.newId());
      },
    },
  );
}
