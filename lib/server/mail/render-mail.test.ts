import { describe, expect, it } from "vitest";
import { type AccountMailSubject, describeAccountMail } from "@/lib/domain/account-mail-text";
import { describeNotice, type NoticeSubject } from "@/lib/domain/notice-text";
import { noticeKinds } from "@/lib/domain/notice";
import { renderAccountMail, renderNotice } from "./render-mail";

const links = {
  evidence: "https://hooks.example.com/endpoints/ep_1/attempts?outcome=failed&range=24h",
  preferences: "https://hooks.example.com/notifications/preferences",
};

const about = (changes: Partial<NoticeSubject> = {}): NoticeSubject => ({
  kind: "probation_started",
  endpointUrl: "https://receiver.example.com/hooks?tenant=<b>7</b>",
  endpointDescription: "",
  reason: "Nothing but failures since 2026-01-01 10:00 UTC: 14 failed attempts. Last error: Answered 500.",
  health: {
    failingSince: new Date("2026-01-01T10:00:00Z"),
    probationSince: new Date("2026-01-02T10:05:00Z"),
    disablesAt: new Date("2026-01-04T10:05:00Z"),
    memory: { failureCount: 14, successCount: 0, recent: [], lastFailure: "Answered 500" },
  },
  now: new Date("2026-01-02T10:05:00Z"),
  ...changes,
});

const rendered = (changes: Partial<NoticeSubject> = {}) =>
  renderNotice(describeNotice(about(changes)), "Acme & Sons", links);

describe("renderNotice", () => {
  it.each(noticeKinds)("says why, what happens next and where the evidence is: %s", async (kind) => {
    const notice = describeNotice(about({ kind }));
    const { subject, html, text } = await rendered({ kind });
    const unwrapped = text.replace(/\s+/g, " ");
    expect(subject).toBe(notice.subject);
    for (const part of [notice.heading, notice.reason, notice.next, links.evidence, links.preferences]) {
      expect(unwrapped).toContain(part);
    }
    expect(html).toContain(
      'href="https://hooks.example.com/endpoints/ep_1/attempts?outcome=failed&amp;range=24h"',
    );
    expect(text).toMatch(/^Endpoint: +https:\/\/receiver\.example\.com\/hooks\?tenant=<b>7<\/b>$/m);
  });

  it("shows what a stranger put into a URL, a description or an error as text", async () => {
    const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
    const { html } = await rendered({
      endpointUrl: `https://a.example/${hostile}`,
      endpointDescription: hostile,
      reason: hostile,
    });
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;");
  });

  it("loads nothing from anywhere", async () => {
    const { html } = await rendered();
    expect(html).not.toMatch(/<(img|link|script|iframe)\b/i);
    expect(html).not.toMatch(/url\(|@import/i);
  });
});

describe("renderAccountMail", () => {
  const occasion = {
    email: "ada@example.com",
    instanceUrl: "https://hooks.example.com",
    address: "203.0.113.9",
    userAgent: `<script>alert(1)</script> Firefox/140.0 Linux`,
    at: new Date("2026-01-01T10:00:00Z"),
  };
  const link = "https://hooks.example.com/reset-password?token=0123456789-_abc";
  const kinds: AccountMailSubject[] = [
    { ...occasion, kind: "password_changed" },
    { ...occasion, kind: "password_link", link, expiresAt: occasion.at, hasPassword: true },
  ];

  it.each(kinds)("says the same as HTML and as text: $kind", async (subject) => {
    const mail = describeAccountMail(subject);
    const { html, text } = await renderAccountMail(mail, occasion.instanceUrl);
    const unwrapped = text.replace(/\s+/g, " ");
    const { heading, what, next, otherwise, action } = mail;
    for (const part of [heading, what, next, otherwise, action.href, "From: 203.0.113.9"]) {
      expect(unwrapped).toContain(part);
    }
    expect(html).toContain(`href="${action.href}"`);
    expect(html).not.toMatch(/<(img|link|script|iframe)\b|url\(|@import/i);
  });
});
