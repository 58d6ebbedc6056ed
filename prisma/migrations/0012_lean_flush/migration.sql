-- What the flush writes per delivery, cut to what is read.

-- Half of each page of deliveries is left free: a lease is then written beside its row (a HOT update), without an entry
-- in any index. New days are made so by lib/server/db/partitions.ts.
DO $$
DECLARE day regclass;
BEGIN
  FOR day IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'delivery'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 50)', day);
  END LOOP;
END $$;

-- Every reader of attempts knows the organization: one index serves as key and as its log.
ALTER TABLE attempt DROP CONSTRAINT attempt_pkey;
DROP INDEX attempt_organization_id_id_idx;
ALTER TABLE attempt ADD PRIMARY KEY (organization_id, id);

-- What flushes append, without an index; folded into the sums every few seconds. Until then readers add it up, through
-- the view.
WITH taken AS (DELETE FROM delivery_stat RETURNING *)
INSERT INTO delivery_stat (organization_id, hour, endpoint_id, succeeded, bucket, attempts, folded)
SELECT organization_id, hour, endpoint_id, succeeded, bucket, sum(attempts), true
FROM taken GROUP BY organization_id, hour, endpoint_id, succeeded, bucket;
ALTER TABLE delivery_stat DROP COLUMN folded;
DROP INDEX delivery_stat_organization_id_hour_idx;
ALTER TABLE delivery_stat ADD PRIMARY KEY (organization_id, hour, endpoint_id, succeeded, bucket);

CREATE TABLE delivery_stat_recent (
  organization_id uuid NOT NULL,
  hour timestamptz(0) NOT NULL,
  endpoint_id uuid NOT NULL,
  succeeded boolean NOT NULL,
  bucket smallint NOT NULL,
  attempts integer NOT NULL
);

CREATE VIEW delivery_count AS
  SELECT organization_id, hour, endpoint_id, succeeded, bucket, attempts FROM delivery_stat
  UNION ALL
  SELECT organization_id, hour, endpoint_id, succeeded, bucket, attempts FROM delivery_stat_recent;
