-- Mails to people about their endpoints, written in the transaction that decides what they say. Plain SQL
-- (lib/server/db/mail-outbox.ts): the queue is claimed with SKIP LOCKED.
CREATE TABLE mail_outbox (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  endpoint_id uuid NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  html text NOT NULL,
  text text NOT NULL,
  -- kept: there was no mail server to give it to; it is shown and not sent.
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'kept')),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz(3) NOT NULL,
  -- While a process tries to send: the end of its claim.
  next_try_at timestamptz(3),
  sent_at timestamptz(3),
  CONSTRAINT mail_outbox_waits_until CHECK ((state = 'waiting') = (next_try_at IS NOT NULL))
);
CREATE INDEX mail_outbox_organization_id_id_idx ON mail_outbox (organization_id, id);
CREATE INDEX mail_outbox_next_try_at_idx ON mail_outbox (next_try_at) WHERE state = 'waiting';

ALTER TABLE membership ADD COLUMN muted_notices text[] NOT NULL DEFAULT '{}';

ALTER TABLE endpoint ADD COLUMN reminded_at timestamptz(3);
CREATE INDEX endpoint_probation_since_idx ON endpoint (probation_since) WHERE status = 'probation';

-- An admin has looked at a failing endpoint. The note holds until the endpoint's next transition.
CREATE TABLE review_note (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  endpoint_id uuid NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  note text NOT NULL,
  actor text NOT NULL,
  actor_label text NOT NULL,
  at timestamptz(3) NOT NULL,
  -- The endpoint's last transition when the note was written.
  transition_id uuid
);
CREATE INDEX review_note_endpoint_id_id_idx ON review_note (endpoint_id, id);
