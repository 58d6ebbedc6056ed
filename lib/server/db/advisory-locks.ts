import "server-only";

/**
 * What is locked by a number alone, all in one place: two meanings of one number would wait for each other, or each take
 * the other's lock for its own. The numbers are arbitrary and the same in every process. Elsewhere are the locks of
 * migrations (scripts/database/migrate.ts) and of claims (claim-deliveries.ts), which are beyond 32 bits.
 */
export const advisoryLocks = {
  /** Whether there is a first admin. */
  firstAdmin: 0x706f7361,
  /** Counting on in the ledger. */
  ledger: 0x706f736c,
  /** Making partitions; beside a second number, dropping one. */
  partitions: 0x706f7374,
  /** Beside a second number: an address with which somebody comes from a provider. */
  providerSignIns: 0x706f7369,
  /** Adding up the statistics. */
  statistics: 0x706f7366,
  /** Beside a second number: a worker's id, for as long as it runs. */
  workers: 0x706f7377,
} as const;
