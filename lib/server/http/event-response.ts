import "server-only";
import { jsonWithMember } from "@/lib/domain/lossless-json";
import type { EventWithDataText } from "@/lib/schemas/event";
import type { Page } from "@/lib/schemas/paging";

/** `Response.json` would parse and print numbers anew; an event's data is answered as it was published. */
export function eventResponse(event: EventWithDataText): Response {
  return jsonResponse(eventText(event));
}

export function eventPageResponse({ items, nextCursor }: Page<EventWithDataText>): Response {
  return jsonResponse(jsonWithMember({ nextCursor }, "items", `[${items.map(eventText).join()}]`));
}

function eventText({ dataText, ...event }: EventWithDataText): string {
  return jsonWithMember(event, "data", dataText);
}

function jsonResponse(text: string): Response {
  return new Response(text, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
}
