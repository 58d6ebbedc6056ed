-- One-time links by which a person chooses a password without knowing the one before. A person has one at most: a newer
-- one takes its place. Not a model of Prisma's: lib/server/db/password-links.ts has every query.
CREATE TABLE password_link (
  user_id uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
  -- SHA-256 of the token in the link; the token itself is in the link alone.
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX password_link_expires_at_idx ON password_link (expires_at);

-- False: the hash is of random bytes that nobody knows.
ALTER TABLE app_user ADD COLUMN has_password boolean NOT NULL DEFAULT true;
-- So far those are the accounts that a provider's word has made: account and identity were written in one transaction,
-- and nobody could choose a password afterwards.
UPDATE app_user u SET has_password = false
FROM external_identity i
WHERE i.user_id = u.id AND i.created_at < u.created_at + interval '5 seconds';

-- Mails to a person about their own account: no organization's, and written only when they are sent, because the link in
-- one is not to be read here.
ALTER TABLE mail_outbox
  ALTER COLUMN organization_id DROP NOT NULL,
  ALTER COLUMN endpoint_id DROP NOT NULL,
  ALTER COLUMN subject DROP NOT NULL,
  ALTER COLUMN html DROP NOT NULL,
  ALTER COLUMN text DROP NOT NULL,
  -- Null until it is known whether there is an account with the recipient's address.
  ADD COLUMN user_id uuid REFERENCES app_user (id) ON DELETE CASCADE,
  -- Where the request came from that is the reason for the mail: { address, userAgent }.
  ADD COLUMN origin jsonb,
  ADD CONSTRAINT mail_outbox_is_written CHECK (
    CASE WHEN organization_id IS NULL
      THEN origin IS NOT NULL AND num_nonnulls(endpoint_id, subject, html, text) = 0
      ELSE origin IS NULL AND user_id IS NULL AND num_nonnulls(endpoint_id, subject, html, text) = 4 END);
CREATE INDEX mail_outbox_user_id_idx ON mail_outbox (user_id) WHERE user_id IS NOT NULL;
