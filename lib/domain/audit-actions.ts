/** Everything that the audit log records, as people read it. `noun.verb`; the noun groups them. */
export const auditActions = {
  "session.started": "Signed in",
  "session.ended": "Signed out",
  "session.organization_switched": "Switched to the organization",
  "account.renamed": "Changed their name",
  "account.password_changed": "Changed their password",
  "account.signed_out_everywhere": "Signed out everywhere",
  "account.connected": "Connected another way to sign in",
  "account.disconnected": "Disconnected another way to sign in",
  "organization.created": "Created the organization",
  "organization.renamed": "Renamed the organization",
  "member.joined": "Joined the organization",
  "member.role_changed": "Changed a member's role",
  "member.removed": "Removed a member",
  "member.notifications_changed": "Chose their notifications",
  "invitation.created": "Invited someone",
  "invitation.withdrawn": "Withdrew an invitation",
  "api_key.created": "Created an API key",
  "api_key.revoked": "Revoked an API key",
  "endpoint.created": "Created an endpoint",
  "endpoint.updated": "Changed an endpoint",
  "endpoint.activated": "Activated an endpoint",
  "endpoint.disabled": "Disabled an endpoint",
  "endpoint.deleted": "Deleted an endpoint",
  "endpoint.state_changed": "Changed an endpoint's state by itself",
  "endpoint.secret_shown": "Looked at a signing secret",
  "endpoint.secret_rotated": "Rotated a signing secret",
  "endpoint.tested": "Sent a test",
  "endpoint.marked_as_seen": "Marked an endpoint as seen",
  "endpoint.replay_started": "Started a replay",
  "endpoint.replay_canceled": "Canceled a replay",
  "delivery.retried": "Retried a delivery",
  "event.published": "Published an event by hand",
  "event_type.created": "Created an event type",
  "event_type.changed": "Changed an event type",
  "event_type.deleted": "Deleted an event type",
  "inbox.created": "Created a test inbox",
  "inbox.behavior_changed": "Changed a test inbox's answer",
  "inbox.cleared": "Cleared a test inbox",
  "inbox.deleted": "Deleted a test inbox",
  "notification.retried": "Sent a mail again",
  "instance.setup_link_made": "Made a setup link",
  "instance.deliveries_healed": "Healed stuck deliveries",
  "instance.secrets_resealed": "Encrypted secrets with another key",
} as const;

export type AuditAction = keyof typeof auditActions;

export const auditActionNames = Object.keys(auditActions) as [AuditAction, ...AuditAction[]];

/** Entries are kept this long; the database holds itself to it (prisma/migrations/0015_audit_log). */
export const auditDays = 90;
