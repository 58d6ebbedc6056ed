import { expect, it, vi } from "vitest";
import { MailFailure, toMailFailure } from "./mail-failure";

it("leaves out the NUL of a mail server's answer, which could not be stored", () => {
  const error = Object.assign(new Error("refused"), { code: "EAUTH", response: "535 no\u0000 entry\r\n" });
  expect(toMailFailure(error, []).message).toBe("The mail server refused the sign-in: 535 no entry");
});

it("is known from another copy of this module, as the mailer and the worker's route have in a build", async () => {
  vi.resetModules();
  const copy = await import("./mail-failure");
  expect(copy.MailFailure).not.toBe(MailFailure);
  expect(copy.toMailFailure(new Error("connect ECONNREFUSED"), [])).toBeInstanceOf(MailFailure);
  expect(new Error("another")).not.toBeInstanceOf(MailFailure);
});
