import type { Tone } from "@/components/ui/tone";
import type { ReviewAction, ReviewItem, ReviewReason } from "@/lib/schemas/review";

export const reasonLabels: Record<ReviewReason, string> = {
  probation: "On probation",
  warning: "Warning",
  stuck_validating: "Stuck in validation",
  validation_failed: "Validation failed",
  chronic_failure: "Disabled: failed too long",
  failure_streak: "Disabled: failure streak",
  failure_volume: "Disabled: too many failures",
  gone: "Disabled: gone (410)",
};

export const reasonTones: Record<ReviewReason, Tone> = {
  probation: "warning",
  warning: "warning",
  stuck_validating: "info",
  validation_failed: "danger",
  chronic_failure: "danger",
  failure_streak: "danger",
  failure_volume: "danger",
  gone: "danger",
};

export const actionLabels: Record<ReviewAction, string> = {
  activate: "Re-activate",
  disable: "Disable",
  seen: "Mark as seen",
};

export const actionHints: Record<ReviewAction, string> = {
  activate:
    "Each is sent its test now and becomes active when it answers. Endpoints that are on already stay as they are.",
  disable:
    "Nothing more is sent to them. What waits is discarded; it can be recovered after a re-activation.",
  seen: "They leave this list until something about them changes. Nothing else happens.",
};

/** Why the endpoint is here, with its last error, which not every reason names. */
export function evidenceOf({ statusReason, lastError, reason }: ReviewItem): string {
  const sentence =
    statusReason ?? (reason === "stuck_validating" ? "Its test has not been answered as expected yet." : "");
  if (lastError === null || sentence.includes(lastError)) return sentence;
  return `${sentence} Last error: ${lastError.replace(/\.$/, "")}.`.trim();
}
