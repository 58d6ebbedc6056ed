/** What the guide says about time, in milliseconds, as this instance is configured. */
export interface GuideTiming {
  requestTimeoutMs: number;
  /** Waits before the retries, without jitter. */
  retryScheduleMs: readonly number[];
  validationRetryEveryMs: number;
  validationWindowMs: number;
  probationAfterMs: number;
  disableAfterMs: number;
  retentionMs: number;
}
