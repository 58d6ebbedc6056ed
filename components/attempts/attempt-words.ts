import { errorCodeAdvice, type ErrorCode } from "@/lib/domain/error-codes";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";

/** The first attempt is number 0, so a number is that of a retry. */
export function attemptName(deliveryAttempt: number): string {
  return deliveryAttempt === 0 ? "First" : `Retry ${deliveryAttempt}`;
}

/** A status code, or what happened in place of one. */
export function resultWord({
  statusCode,
  errorCode,
}: Pick<AttemptSummaryOut, "statusCode" | "errorCode">): string {
  if (errorCode !== null && errorCode !== "unexpected_status") return errorTitle(errorCode);
  return statusCode === 0 ? "No response" : String(statusCode);
}

export function errorTitle(errorCode: ErrorCode): string {
  return errorCodeAdvice[errorCode].title;
}

export const purposeWords: Record<AttemptSummaryOut["purpose"], string> = {
  event: "Event",
  validation: "Validation",
  replay: "Replay",
  test: "Test",
};

export const faultWords: Record<NonNullable<AttemptSummaryOut["fault"]>, string> = {
  receiver: "The receiver",
  network: "The network",
  platform: "Our side; it does not count against the endpoint",
};

/** The sentence about a failure without what the badge beside it says already. */
export function reasonBeside(errorMessage: string): string {
  const rest = errorMessage.replace(/^The endpoint answered \d{3}(?:: | and )/, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The sentence about a failure where there is little room: its answer first. */
export function reasonInShort(errorMessage: string): string {
  return errorMessage.replace(/^The endpoint answered (?=\d{3})/, "");
}
