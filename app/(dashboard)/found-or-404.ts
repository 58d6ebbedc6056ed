import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "@/lib/server/app-error";

/** What a page is about, or the page that says there is nothing: also for what another organization has. */
export async function foundOr404<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}
