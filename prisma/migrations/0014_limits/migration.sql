-- Keys are looked up by their beginning and compared by their hash.
CREATE INDEX api_key_prefix_idx ON api_key (prefix);

-- How many requests each API key may still make, shared by every process. Unlogged: a grant writes nothing that must
-- reach the disk, and after a crash every bucket is full again.
CREATE UNLOGGED TABLE api_key_rate (
  key_id uuid PRIMARY KEY REFERENCES api_key (id) ON DELETE CASCADE,
  tokens double precision NOT NULL,
  granted integer NOT NULL,
  at timestamptz NOT NULL
) WITH (fillfactor = 50);
