-- What admins say about their organization in the dashboard; each change is published as an organization.* event.
ALTER TABLE organization
  ADD COLUMN web_address text NOT NULL DEFAULT '',
  ADD COLUMN logo_url text NOT NULL DEFAULT '',
  ADD COLUMN domains text[] NOT NULL DEFAULT '{}';

-- Only what somebody chose: lib/domain/organization-settings.ts has the settings and their defaults.
CREATE TABLE organization_setting (
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  module text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  allow_user_override boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, module, name)
);

-- A member's own value, which holds where the organization allows one.
CREATE TABLE member_setting (
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  module text NOT NULL,
  name text NOT NULL,
  value text NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, user_id, module, name),
  FOREIGN KEY (organization_id, user_id) REFERENCES membership (organization_id, user_id) ON DELETE CASCADE
);

CREATE TABLE service_account (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  type text NOT NULL,
  name text NOT NULL,
  domains text[] NOT NULL DEFAULT '{}',
  -- AES-256-GCM over the JSON object of what the service asks for to sign in; bound to this row's id.
  credentials_sealed text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX service_account_organization_id_idx ON service_account (organization_id, id);
