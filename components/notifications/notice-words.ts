import type { Tone } from "@/components/ui/tone";
import type { NoticeKind, NoticeState } from "@/lib/domain/notice";

export const kindLabels: Record<NoticeKind, string> = {
  probation_started: "Probation started",
  probation_reminder: "Still on probation",
  disabled: "Disabled",
  validation_failed: "Validation failed",
  recovered: "Recovered",
};

export const kindHints: Record<NoticeKind, string> = {
  probation_started:
    "An endpoint has had nothing but failures for so long that it will be disabled if that goes on.",
  probation_reminder: "Every 24 hours while an endpoint is on probation.",
  disabled: "An endpoint was switched off because it kept failing, or because it answered 410.",
  validation_failed: "An endpoint did not answer its test in time and is disabled again.",
  recovered: "An endpoint on probation has succeeded again.",
};

export const kindTones: Record<NoticeKind, Tone> = {
  probation_started: "warning",
  probation_reminder: "warning",
  disabled: "danger",
  validation_failed: "danger",
  recovered: "success",
};

export const mailStateLabels: Record<NoticeState, string> = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  kept: "Kept",
};

export const mailStateTones: Record<NoticeState, Tone> = {
  waiting: "info",
  sent: "success",
  failed: "danger",
  kept: "neutral",
};
