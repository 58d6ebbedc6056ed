-- Sessions that were signed out before their time: their cookies, and every copy of them, are worth nothing. A session
-- that ends by itself needs no row. Not a model of Prisma's, like the throttle (lib/server/db/ended-sessions.ts).
CREATE TABLE ended_session (
  id uuid PRIMARY KEY,
  -- When the cookie would have ended anyway, and the row may go.
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX ended_session_expires_at_idx ON ended_session (expires_at);
