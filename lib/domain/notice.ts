/** What people are told about their endpoints by mail. */
export const noticeKinds = [
  "probation_started",
  "probation_reminder",
  "disabled",
  "validation_failed",
  "recovered",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A reminder follows every full period of a probation. */
export const reminderEveryMs = 86_400_000;

/** What became of a mail: `kept` where there was no mail server to give it to. */
export const noticeStates = ["waiting", "sent", "failed", "kept"] as const;
export type NoticeState = (typeof noticeStates)[number];
