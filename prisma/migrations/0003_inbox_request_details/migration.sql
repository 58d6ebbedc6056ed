-- What tells one request of a list from the next, kept beside the body so that a list need not read bodies.
ALTER TABLE inbox_request
  ADD COLUMN event_type text,
  -- With its question mark; empty when there was none.
  ADD COLUMN query text NOT NULL DEFAULT '',
  -- False where there was no signature to check: a challenge, a body that was refused.
  ADD COLUMN checked boolean NOT NULL DEFAULT true;
