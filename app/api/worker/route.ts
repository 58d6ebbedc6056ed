import { getDeps } from "@/lib/server/deps";
import { drainDue } from "@/lib/server/use-cases/drain-due";

/** The longest drain and what ends it; for hosts that stop a request by its configured duration. */
export const maxDuration = 320;

/** Delivers what is due, for a cron where no worker process stays up (contract, section 5). */
export async function POST(request: Request): Promise<Response> {
  return drainDue(getDeps(), request);
}
