-- People and what they configure (Prisma's models) -------------------------------------------------

CREATE TYPE member_role AS ENUM ('developer', 'admin');
CREATE TYPE endpoint_state AS ENUM ('disabled', 'validating', 'active');
CREATE TYPE endpoint_status AS ENUM ('healthy', 'warning', 'probation', 'failing');

CREATE TABLE organization (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL
);

CREATE TABLE app_user (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  first_name text NOT NULL,
  last_name text NOT NULL,
  password_hash text NOT NULL,
  is_operator boolean NOT NULL DEFAULT false,
  session_version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  last_sign_in_at timestamptz(3)
);

CREATE TABLE membership (
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  role member_role NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX membership_user_id_idx ON membership (user_id);

CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  email text NOT NULL,
  role member_role NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  invited_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3)
);
CREATE INDEX invitation_organization_id_created_at_idx ON invitation (organization_id, created_at);

CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_key_organization_id_created_at_idx ON api_key (organization_id, created_at);

CREATE TABLE endpoint (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  created_by uuid,
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  event_types text[] NOT NULL,
  filter jsonb,
  state endpoint_state NOT NULL DEFAULT 'disabled',
  state_reason text NOT NULL DEFAULT 'created',
  state_since timestamptz(3) NOT NULL,
  status endpoint_status NOT NULL DEFAULT 'healthy',
  status_reason text,
  failing_since timestamptz(3),
  probation_since timestamptz(3),
  disables_at timestamptz(3),
  validating_until timestamptz(3),
  activated_at timestamptz(3),
  health jsonb NOT NULL DEFAULT '{}',
  success_status text NOT NULL DEFAULT '200',
  on_gone text NOT NULL DEFAULT 'retry',
  -- Null: the instance's default.
  timeout_seconds integer CHECK (timeout_seconds BETWEEN 1 AND 30),
  retry_schedule text[] NOT NULL DEFAULT '{}',
  default_schedule boolean NOT NULL DEFAULT true,
  rate_limit_per_second double precision CHECK (rate_limit_per_second > 0),
  verification_method text NOT NULL DEFAULT 'test_event',
  challenge_header text NOT NULL DEFAULT 'webhook-verification-challenge',
  failure_policy jsonb NOT NULL,
  headers_sealed text,
  header_names text[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  -- Raised when anything changes that a request is built from, secrets included: workers keep endpoints by version.
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  CONSTRAINT endpoint_validating_has_a_window CHECK ((state = 'validating') = (validating_until IS NOT NULL))
);
CREATE INDEX endpoint_organization_id_id_idx ON endpoint (organization_id, id);
CREATE INDEX endpoint_validating_until_idx ON endpoint (validating_until) WHERE state = 'validating';

CREATE TABLE endpoint_secret (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  sealed text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3)
);
CREATE INDEX endpoint_secret_endpoint_id_idx ON endpoint_secret (endpoint_id);
CREATE UNIQUE INDEX endpoint_secret_one_current_idx ON endpoint_secret (endpoint_id) WHERE expires_at IS NULL;

CREATE TABLE transition (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  kind text NOT NULL,
  from_value text,
  to_value text NOT NULL,
  reason text NOT NULL,
  detail text,
  actor text NOT NULL,
  actor_label text NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE INDEX transition_endpoint_id_id_idx ON transition (endpoint_id, id);

CREATE TABLE event_type (
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  schema jsonb NOT NULL,
  example jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  deprecated_at timestamptz(3),
  PRIMARY KEY (organization_id, name)
);

CREATE TABLE inbox (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  name text NOT NULL,
  token text NOT NULL UNIQUE,
  behavior text NOT NULL DEFAULT 'succeed',
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX inbox_organization_id_created_at_idx ON inbox (organization_id, created_at);

CREATE TABLE inbox_request (
  id uuid PRIMARY KEY,
  inbox_id uuid NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  method text NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  answered integer NOT NULL,
  verified boolean NOT NULL,
  verdict text NOT NULL,
  received_at timestamptz(3) NOT NULL
);
CREATE INDEX inbox_request_inbox_id_id_idx ON inbox_request (inbox_id, id);

CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  organization_id uuid,
  actor text NOT NULL,
  actor_label text NOT NULL,
  address text,
  action text NOT NULL,
  target text,
  before jsonb,
  after jsonb,
  at timestamptz(3) NOT NULL
);
CREATE INDEX audit_entry_organization_id_id_idx ON audit_entry (organization_id, id);

CREATE TABLE instance_setting (
  name text PRIMARY KEY,
  value text NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

-- Events, deliveries, attempts: partitioned by day over their UUIDv7 -------------------------------
-- No foreign keys between them: retention drops whole days, and a check per row would cost the hot path.

-- Immutable. `data` is the text that was published, byte for byte: signatures cover it.
CREATE TABLE event (
  id uuid NOT NULL PRIMARY KEY,
  organization_id uuid NOT NULL,
  event_type text NOT NULL,
  event_timestamp timestamptz(3) NOT NULL,
  data text NOT NULL,
  delivery_count integer NOT NULL,
  idempotency_key text,
  -- SHA-256 of the request that first used the key.
  body_hash bytea
) PARTITION BY RANGE (id);
CREATE INDEX event_organization_id_id_idx ON event (organization_id, id);
CREATE INDEX event_organization_id_event_type_id_idx ON event (organization_id, event_type, id);
CREATE INDEX event_idempotency_key_idx ON event (organization_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TYPE delivery_state AS ENUM ('pending', 'held', 'succeeded', 'exhausted', 'discarded', 'canceled');
CREATE TYPE delivery_purpose AS ENUM ('event', 'validation', 'replay', 'test');

-- One event to one endpoint. While pending, `due_at` says when the next attempt may start.
-- A lease (`lease_id`, `lease_until`) is a worker's claim; neither column is indexed, so that taking one is a HOT
-- update that touches no index.
CREATE TABLE delivery (
  id uuid NOT NULL PRIMARY KEY,
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text NOT NULL,
  purpose delivery_purpose NOT NULL,
  state delivery_state NOT NULL,
  -- 0 live, 1 retry, 2 replay: the order in which a worker prefers them.
  lane smallint NOT NULL DEFAULT 0,
  -- Zero-based number of the next attempt; the number of attempts made so far.
  delivery_attempt integer NOT NULL DEFAULT 0,
  -- Attempt number from which the retry schedule counts: raised by a manual retry, which starts it anew.
  schedule_base integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL,
  worker_id integer,
  lease_id uuid,
  lease_until timestamptz,
  -- The user or key behind a test, validation or replay.
  requested_by text,
  replay_id uuid,
  finished_at timestamptz(3)
) PARTITION BY RANGE (id);
CREATE INDEX delivery_due_idx ON delivery (lane, due_at, endpoint_id) WHERE state = 'pending';
CREATE INDEX delivery_endpoint_pending_idx ON delivery (endpoint_id, due_at) WHERE state = 'pending';
CREATE INDEX delivery_held_idx ON delivery (endpoint_id, id) WHERE state = 'held';
CREATE INDEX delivery_event_id_endpoint_id_idx ON delivery (event_id, endpoint_id);

-- One HTTP request. The body is not stored again: it is the envelope, rebuilt from these columns and the event's data.
CREATE TABLE attempt (
  id uuid NOT NULL PRIMARY KEY,
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  event_id uuid NOT NULL,
  event_type text NOT NULL,
  event_timestamp timestamptz(3) NOT NULL,
  purpose delivery_purpose NOT NULL,
  delivery_attempt integer NOT NULL,
  delivery_timestamp timestamptz(3) NOT NULL,
  succeeded boolean NOT NULL,
  status_code smallint NOT NULL,
  error_code text,
  error_message text,
  fault text,
  duration_ms real NOT NULL,
  -- dns, connect, tls, first byte, body; null where a phase did not happen.
  timings real[] NOT NULL,
  method text NOT NULL,
  url text NOT NULL,
  -- Flat JSON array [name, value, ...], custom values masked.
  request_headers text NOT NULL,
  response_headers text,
  response_body bytea,
  body_truncated boolean NOT NULL DEFAULT false,
  next_attempt_at timestamptz(3)
) PARTITION BY RANGE (id);
CREATE INDEX attempt_organization_id_id_idx ON attempt (organization_id, id);
CREATE INDEX attempt_endpoint_id_id_idx ON attempt (endpoint_id, id);
CREATE INDEX attempt_delivery_id_idx ON attempt (delivery_id);
CREATE INDEX attempt_failed_idx ON attempt (organization_id, id) WHERE NOT succeeded;

-- Attempts of purpose event and replay per hour, in buckets of duration (lib/domain/duration-histogram.ts).
CREATE TABLE delivery_stat (
  organization_id uuid NOT NULL,
  hour timestamptz(0) NOT NULL,
  endpoint_id uuid NOT NULL,
  succeeded boolean NOT NULL,
  bucket smallint NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (organization_id, hour, endpoint_id, succeeded, bucket)
);
CREATE INDEX delivery_stat_endpoint_id_hour_idx ON delivery_stat (endpoint_id, hour);

-- A running worker. Its session holds the advisory lock of its id: when the process dies, PostgreSQL lets go of the
-- lock, and others may return its leases at once.
CREATE TABLE worker (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3) NOT NULL
);
