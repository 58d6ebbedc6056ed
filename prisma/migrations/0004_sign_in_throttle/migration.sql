-- Failed sign-ins, per account and per address, so that a delay holds in every process. Not a model of Prisma's: the
-- one statement that counts must be atomic (lib/server/db/sign-in-throttle.ts).
CREATE TABLE sign_in_throttle (
  -- 'account:' or 'address:' and a SHA-256: what people typed is not kept.
  key text PRIMARY KEY,
  failures integer NOT NULL,
  failed_at timestamptz(3) NOT NULL,
  blocked_until timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_throttle_failed_at_idx ON sign_in_throttle (failed_at);
