import { notFound } from "next/navigation";
import { AppError } from "@/lib/server/app-error";

/** What a page of the scheduler reads; what another organization has is not there. */
export async function foundOr404<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}
