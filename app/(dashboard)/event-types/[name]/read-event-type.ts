import "server-only";
import { notFound } from "next/navigation";
import { EventTypeParams, type EventTypeOut } from "@/lib/schemas/event-type";
import { AppError } from "@/lib/server/app-error";
import { getDeps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { getEventType } from "@/lib/server/use-cases/get-event-type";

/** The type that the address names, or the page that says there is none. */
export async function readEventType(principal: Principal, params: { name: string }): Promise<EventTypeOut> {
  const parsed = EventTypeParams.safeParse(params);
  if (!parsed.success) notFound();
  try {
    return await getEventType(getDeps(), principal, parsed.data.name);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}
