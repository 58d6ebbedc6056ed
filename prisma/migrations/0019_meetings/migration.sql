-- Meetings that were booked in the dashboard; each change is published as a scheduling.smartscheduler.* event.
CREATE TABLE meeting (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  -- An app_user, without a foreign key: a meeting outlives the membership and the account of its owner, and its events
  -- go on naming them by the same identifier. Who they were when it was last changed stands beside it.
  owner_id uuid NOT NULL,
  owner_email text NOT NULL,
  owner_first_name text NOT NULL,
  owner_last_name text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  canceled_at timestamptz(3),
  moved_count integer NOT NULL DEFAULT 0,
  name text NOT NULL,
  location text NOT NULL,
  invitee_name text NOT NULL,
  invitee_email text NOT NULL,
  -- E-mail addresses, separated by commas, as their event has them.
  optional_invitees text NOT NULL,
  -- [{ question, answerText }], in the order of the form.
  form_values jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CHECK (ends_at > starts_at)
);
CREATE INDEX meeting_organization_id_starts_at_idx ON meeting (organization_id, starts_at, id);
CREATE INDEX meeting_canceled_idx ON meeting (organization_id, starts_at, id) WHERE canceled_at IS NOT NULL;
-- What is taken in a calendar. Bookings wait for each other (lib/server/use-cases/book-meeting.ts); this holds beyond.
CREATE UNIQUE INDEX meeting_taken_idx ON meeting (organization_id, owner_id, starts_at) WHERE canceled_at IS NULL;

-- What happened to a meeting, with the event that told of it: meetings stay, events go when their retention ends.
CREATE TABLE meeting_change (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  meeting_id uuid NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('scheduled', 'rescheduled', 'canceled')),
  -- usr_..., and the e-mail address they had.
  actor text NOT NULL,
  actor_label text NOT NULL,
  -- When the meeting takes place after the change.
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  event_id uuid NOT NULL,
  -- Endpoints that the event was for when it was published.
  delivery_count integer NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE INDEX meeting_change_organization_id_meeting_id_idx ON meeting_change (organization_id, meeting_id, id);
