-- A request to make deliveries again. Its counts and its end are read from its deliveries: nothing to keep in step.
CREATE TABLE replay (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  scope text NOT NULL,
  since timestamptz(3) NOT NULL,
  until timestamptz(3) NOT NULL,
  event_types text[] NOT NULL DEFAULT '{}',
  per_second double precision,
  matched integer NOT NULL,
  requested_by text NOT NULL,
  requested_by_label text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  canceled_at timestamptz(3)
);
CREATE INDEX replay_endpoint_id_id_idx ON replay (endpoint_id, id);
CREATE INDEX replay_canceled_at_idx ON replay (canceled_at) WHERE canceled_at IS NOT NULL;

CREATE INDEX delivery_replay_id_idx ON delivery (replay_id) WHERE replay_id IS NOT NULL;
