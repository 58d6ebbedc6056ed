import { describe, expect, it } from "vitest";
import { describeInvitation, type InvitationMailSubject } from "./invitation-mail-text";

const invitation = (changes: Partial<InvitationMailSubject> = {}) =>
  describeInvitation({
    organizationName: "Acme",
    role: "admin",
    invitedBy: { name: "Ada Lovelace", email: "ada@example.com" },
    instanceUrl: "https://hooks.example.com",
    link: "https://hooks.example.com/invitation?token=t",
    expiresAt: new Date("2026-01-08T10:00:30Z"),
    ...changes,
  });

describe("the mail of an invitation", () => {
  it("says who invites to what, until when, and where to accept", () => {
    const { subject, facts, next, action } = invitation();
    expect(subject).toBe("Ada Lovelace invites you to Acme on hooks.example.com");
    expect(facts).toEqual([
      { label: "Organization", value: "Acme" },
      { label: "Your role", value: "Admin" },
      { label: "Invited by", value: "ada@example.com" },
      { label: "Instance", value: "hooks.example.com" },
    ]);
    expect(next).toContain("2026-01-08 10:00 UTC");
    expect(action.href).toBe("https://hooks.example.com/invitation?token=t");
  });

  it("keeps long names out of the subject, and whole in the mail", () => {
    const organizationName = "Acme ".repeat(30).trim();
    const mail = invitation({ organizationName });
    expect(mail.subject.length).toBeLessThan(140);
    expect(mail.heading).toBe(`Join ${organizationName}`);
  });

  it("goes without the name of somebody who has left", () => {
    const { subject, facts } = invitation({ invitedBy: null });
    expect(subject).toBe("An admin invites you to Acme on hooks.example.com");
    expect(facts[2]).toEqual({ label: "Invited by", value: "somebody who has left" });
  });
});
