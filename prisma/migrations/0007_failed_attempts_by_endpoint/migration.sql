-- The last failure of each endpoint of a list, however many successes came after it.
CREATE INDEX attempt_endpoint_failed_idx ON attempt (endpoint_id, id) WHERE NOT succeeded;
