import { describe, expect, it } from "vitest";
import { type AccountMailSubject, describeAccountMail } from "./account-mail-text";

const asked = {
  email: "ada@example.com",
  instanceUrl: "https://hooks.example.com",
  address: "203.0.113.9",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  at: new Date("2026-01-01T10:00:30Z"),
};
const link = (changes: Partial<AccountMailSubject> = {}) =>
  describeAccountMail({
    ...asked,
    kind: "password_link",
    link: "https://hooks.example.com/reset-password?token=t",
    expiresAt: new Date("2026-01-01T11:00:30Z"),
    hasPassword: true,
    ...changes,
  } as AccountMailSubject);

describe("the mail with a link", () => {
  it("names the instance, who asked, and until when the link works", () => {
    expect(link()).toEqual({
      subject: "Set a new password on hooks.example.com",
      heading: "Set a new password",
      what: "Somebody asked for a link to set a new password for your account.",
      facts: [
        { label: "Account", value: "ada@example.com" },
        { label: "Instance", value: "hooks.example.com" },
        { label: "Asked at", value: "2026-01-01 10:00 UTC" },
        { label: "From", value: "203.0.113.9" },
        { label: "With", value: "Firefox on Linux" },
      ],
      next: "The link works once, until 2026-01-01 11:00 UTC. A newer one takes its place.",
      otherwise: "If it was not you, do nothing: nothing changes, and the link ends by itself.",
      action: { label: "Set a new password", href: "https://hooks.example.com/reset-password?token=t" },
      why: "You receive this because you have an account on hooks.example.com.",
    });
  });

  it("calls no password new for somebody who has had none", () => {
    expect(JSON.stringify(link({ hasPassword: false }))).not.toContain("a new password");
  });

  it("says what is not known, and nothing that a stranger has written", () => {
    const { facts } = link({ address: null, userAgent: "Call +1 555 0100 at once" });
    expect(facts.slice(-2).map(({ value }) => value)).toEqual([
      "an address that is not known",
      "a program that is no browser we know",
    ]);
  });
});

it("tells of a changed password how to undo it", () => {
  const mail = describeAccountMail({ ...asked, kind: "password_changed" });
  expect(mail.subject).toBe("Your password was changed on hooks.example.com");
  expect(mail.action.href).toBe("https://hooks.example.com/forgot-password");
});
