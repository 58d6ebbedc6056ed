import type { NoIds } from "./case.ts";

const because = (takesNoIds: string): NoIds => ({ takesNoIds });

const inbox = because("Whoever has an inbox's address may send to it; nothing but its answer comes back.");
const session = because("next-auth's own: it deals with the session of whoever asks, and with no id.");

const methods = ["DELETE", "GET", "PATCH", "POST", "PUT"];
const named = (path: string, of: readonly string[], reason: NoIds) =>
  Object.fromEntries(of.map((method) => [`${method} ${path}`, reason]));

/** Routes beside the REST API and the dashboard's own, none of which is an organization's. */
export const otherRoutes: Record<string, NoIds> = {
  "GET /api/auth/[...nextauth]": session,
  "POST /api/auth/[...nextauth]": session,
  "GET /api/health": because("It says that the process runs."),
  "GET /api/ready": because("It says whether the process can do its work."),
  "GET /metrics": because("Counts of the whole instance; POSTHORN_METRICS_TOKEN closes it."),
  "POST /api/worker": because("It drives the whole instance, with POSTHORN_WORKER_TOKEN alone."),
  ...named("/in/[token]", [...methods, "HEAD", "OPTIONS"], inbox),
  ...named("/api/v1", methods, because("It answers what is not there.")),
  ...named("/api/v1/[...unknown]", methods, because("It answers what is not there.")),
};
