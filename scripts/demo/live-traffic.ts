import { setTimeout as delay } from "node:timers/promises";
import { chance } from "@/lib/server/demo/chance";
import { nextEvent } from "@/lib/server/demo/traffic";
import type { DemoApi } from "./api.ts";

/**
 * A few events within a second, then a pause: enough to watch, and not so many that an hour of it dwarfs the week
 * before. Livelier in the first minutes, when somebody has just opened the dashboard.
 */
const burstEvents = { least: 2, most: 4 };
const pauseMs = { first: { least: 8_000, most: 15_000 }, later: { least: 90_000, most: 150_000 } };
const firstMs = 10 * 60_000;
const afterFailureMs = 10_000;

/** Publishes until the signal; a server that is away for a moment is tried again. */
export async function publishUntil(api: DemoApi, signal: AbortSignal): Promise<void> {
  const dice = chance(Date.now());
  const startedAt = Date.now();
  let isComplaining = false;
  while (!signal.aborted) {
    try {
      for (let left = dice.whole(burstEvents.least, burstEvents.most); left > 0; left -= 1) {
        await api.send("POST", "/events", nextEvent(dice, new Date()), signal);
        await delay(dice.between(60, 400), undefined, { signal });
      }
      isComplaining = false;
      const { least, most } = Date.now() - startedAt < firstMs ? pauseMs.first : pauseMs.later;
      await delay(dice.between(least, most), undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!isComplaining)
        console.error(`- Demo: ${error instanceof Error ? error.message : error}; trying on`);
      isComplaining = true;
      await delay(afterFailureMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
