-- When the next request to a rate-limited endpoint may start, over all processes. Unlogged: after a crash of the database
-- every endpoint begins anew, and a row costs no write-ahead log.
CREATE UNLOGGED TABLE endpoint_start (
  endpoint_id uuid PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE,
  next_at timestamptz NOT NULL
);
