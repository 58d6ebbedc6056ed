-- For a short while 0019 was without this index; who migrated then has never had it.
CREATE INDEX IF NOT EXISTS meeting_canceled_idx ON meeting (organization_id, starts_at, id) WHERE canceled_at IS NOT NULL;
