-- Invitations by mail. The link in the mail is another than the one that the admin has seen, because it is made when the
-- mail is sent and is in no table; both are of one invitation, and whichever is opened first uses it up.
ALTER TABLE invitation ADD COLUMN mail_token_hash bytea;
CREATE UNIQUE INDEX invitation_mail_token_hash_key ON invitation (mail_token_hash);

-- Whoever withdraws or replaces an invitation takes its mail out of the box with it.
ALTER TABLE mail_outbox ADD COLUMN invitation_id uuid REFERENCES invitation (id) ON DELETE CASCADE;
CREATE INDEX mail_outbox_invitation_id_idx ON mail_outbox (invitation_id) WHERE invitation_id IS NOT NULL;
