-- Who somebody is elsewhere (GitHub, Google, an OpenID Connect provider), and which account that person has here. Not a
-- model of Prisma's: lib/server/db/external-identities.ts has every query.
CREATE TABLE external_identity (
  -- 'github', 'google', or 'oidc' and the issuer: another issuer's subjects are other people.
  provider text NOT NULL,
  subject text NOT NULL,
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (provider, subject)
);
CREATE INDEX external_identity_user_id_idx ON external_identity (user_id);
