import "server-only";
import type { AttemptOut } from "@/lib/schemas/attempt";
import type { GuideTiming } from "@/lib/schemas/guide-timing";
import type { Deps } from "@/lib/server/deps";
import { examples } from "@/lib/server/openapi/examples";

/** An example request as it goes over the wire, and the timing of this instance. */
export function readGuide({ settings }: Pick<Deps, "settings">): {
  request: { headers: string; body: string };
  timing: GuideTiming;
} {
  const { request } = examples.getAttempt?.answer as AttemptOut;
  const headers = Object.entries({ ...request.headers, "user-agent": `Posthorn/${settings.version}` });
  return {
    request: {
      headers: headers.map(([name, value]) => `${name}: ${value}`).join("\n"),
      body: JSON.stringify(JSON.parse(request.body ?? "{}"), null, 2),
    },
    timing: {
      requestTimeoutMs: settings.requestTimeoutMs,
      retryScheduleMs: settings.retryScheduleMs,
      validationRetryEveryMs: settings.validation.retryEveryMs,
      validationWindowMs: settings.validation.windowMs,
      probationAfterMs: settings.chronic.probationAfterMs,
      disableAfterMs: settings.chronic.disableAfterMs,
      retentionMs: settings.retentionMs,
    },
  };
}
