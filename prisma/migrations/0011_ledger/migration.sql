-- What was promised against what exists, by the day of the event (UTC). Plain SQL (lib/server/db/ledger.ts): counted on
-- as events come, and once more as a whole when a day has grown quiet, so that no check ever reads the whole history.
CREATE TABLE ledger_day (
  day date PRIMARY KEY,
  -- Events of the day with a smaller id are in the counts.
  counted_until uuid NOT NULL,
  event_count bigint NOT NULL DEFAULT 0,
  -- Deliveries that the events' fan-outs made, by their own word, and those that exist. Replays are counted apart.
  promised_count bigint NOT NULL DEFAULT 0,
  existing_count bigint NOT NULL DEFAULT 0,
  -- Events that have more or fewer deliveries than they were given.
  unbalanced_event_count bigint NOT NULL DEFAULT 0,
  replay_promised_count bigint NOT NULL DEFAULT 0,
  replay_existing_count bigint NOT NULL DEFAULT 0,
  unbalanced_replay_count bigint NOT NULL DEFAULT 0,
  -- By the last recount of the whole day; null before the first.
  succeeded_count bigint,
  exhausted_count bigint,
  discarded_count bigint,
  canceled_count bigint,
  open_count bigint,
  recount_started_at timestamptz(3),
  recounted_at timestamptz(3),
  -- Updates of the day's delivery partition before that recount, by PostgreSQL's statistics: another number, another
  -- recount.
  recounted_updates bigint
);
