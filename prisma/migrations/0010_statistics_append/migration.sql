-- Statistics are appended by every flush and added up when read; housekeeping folds what was appended into one row.
-- Upserting them cost a third of a flush and made workers wait for each other's rows.
ALTER TABLE delivery_stat DROP CONSTRAINT delivery_stat_pkey;
CREATE INDEX delivery_stat_organization_id_hour_idx ON delivery_stat (organization_id, hour, endpoint_id);
-- What is appended and not yet folded.
ALTER TABLE delivery_stat ADD COLUMN folded boolean NOT NULL DEFAULT false;
CREATE INDEX delivery_stat_unfolded_idx ON delivery_stat (hour) WHERE NOT folded;
