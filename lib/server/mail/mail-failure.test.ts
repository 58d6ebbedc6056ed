import { expect, it } from "vitest";
import { toMailFailure } from "./mail-failure";

it("leaves out the NUL of a mail server's answer, which could not be stored", () => {
  const error = Object.assign(new Error("refused"), { code: "EAUTH", response: "535 no\u0000 entry\r\n" });
  expect(toMailFailure(error, []).message).toBe("The mail server refused the sign-in: 535 no entry");
});
