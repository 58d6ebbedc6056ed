import "server-only";
import { notFound } from "next/navigation";
import { EventTypeParams, type EventTypeOut } from "@/lib/schemas/event-type";
import { getDeps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { getEventType } from "@/lib/server/use-cases/get-event-type";
import { foundOr404 } from "../../found-or-404";

/** The type that the address names, or the page that says there is none. */
export async function readEventType(principal: Principal, params: { name: string }): Promise<EventTypeOut> {
  const parsed = EventTypeParams.safeParse(params);
  if (!parsed.success) notFound();
  return foundOr404(getEventType(getDeps(), principal, parsed.data.name));
}
