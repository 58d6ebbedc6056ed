import "server-only";
import { findBuiltIn } from "@/lib/domain/catalog/built-in-event-types";
import type { Chance } from "./chance";
import { demoEventTypes } from "./own-event-types";

const minuteMs = 60_000;
const eventsPerBusyHour = 40;
const weekendShare = 0.4;

export interface DemoEvent {
  eventType: string;
  data: Record<string, unknown>;
}

/** When events happened from `from` until `until`: few at night, a rise in the morning, a dip at noon, quiet weekends. */
export function* eventMoments(chance: Chance, from: Date, until: Date): Generator<Date> {
  for (let minute = from.getTime(); minute < until.getTime(); minute += minuteMs) {
    const expected = (eventsPerBusyHour / 60) * intensity(new Date(minute));
    // At most two in a minute: close enough to a Poisson process at this rate.
    for (const share of [expected * 0.75, expected * 0.25]) {
      const at = minute + chance.between(0, minuteMs);
      if (chance.next() < share && at < until.getTime()) yield new Date(at);
    }
  }
}

/** 0 to 1 */
function intensity(at: Date): number {
  const hour = at.getUTCHours() + at.getUTCMinutes() / 60;
  const bump = (around: number, width: number) => Math.exp(-(((hour - around) / width) ** 2));
  const day = at.getUTCDay();
  const share = day === 0 || day === 6 ? weekendShare : 1;
  return share * Math.min(1, 0.12 + 0.85 * bump(10.5, 2.8) + 0.8 * bump(16, 3));
}

const schedulingShare = 0.12;

/** The next event of a business that sells things and books meetings. */
export function nextEvent(chance: Chance, at: Date): DemoEvent {
  if (chance.next() < schedulingShare) return meetingEvent(chance, at);
  const weights = demoEventTypes.reduce((sum, { weight }) => sum + weight, 0);
  let rest = chance.between(0, weights);
  const type = demoEventTypes.find(({ weight }) => (rest -= weight) <= 0) ?? demoEventTypes[0]!;
  return { eventType: type.name, data: type.data(chance, at) };
}

/** A meeting as the catalog's example has it, at another time. */
function meetingEvent(chance: Chance, at: Date): DemoEvent {
  const eventType = chance.pick([
    "scheduling.smartscheduler.scheduled",
    "scheduling.smartscheduler.scheduled",
    "scheduling.smartscheduler.rescheduled",
    "scheduling.smartscheduler.canceled",
  ]);
  const startMs = Math.ceil(at.getTime() / 1_800_000) * 1_800_000 + chance.whole(2, 200) * 1_800_000;
  const data = {
    ...findBuiltIn(eventType)?.example,
    id: `mtg_${chance.whole(100_000, 999_999)}`,
    meetingStart: new Date(startMs).toISOString(),
    meetingEnd: new Date(startMs + 1_800_000).toISOString(),
  };
  return { eventType, data };
}
