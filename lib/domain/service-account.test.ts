import { describe, expect, it } from "vitest";
import { findBuiltIn } from "./catalog/built-in-event-types";
import {
  credentialFields,
  credentialProblem,
  mergeCredentials,
  serviceAccountTypes,
  type CredentialField,
  type ServiceAccountType,
} from "./service-account";

const secret = "planted-secret";
const key = (parts: object) => JSON.stringify(parts);
const whole = { type: "service_account", client_email: "sync@p.iam.example", private_key: secret };

function field(type: ServiceAccountType, name: string): CredentialField {
  const fields: readonly CredentialField[] = credentialFields[type];
  return fields.find((one) => one.name === name)!;
}

it("knows the types that the event's schema allows", () => {
  const { schema } = findBuiltIn("organization.service_account.changed")!;
  expect(JSON.stringify(schema)).toContain(JSON.stringify(serviceAccountTypes));
});

describe("credentialProblem", () => {
  it.each<[ServiceAccountType, string, string]>([
    ["Google", "keyFile", key(whole)],
    ["Google", "keyFile", JSON.stringify({ ...whole, more: 1 }, null, 2)],
    ["Microsoft", "clientSecret", " spaces count "],
    ["Exchange", "serverUrl", "https://mail.example.com/EWS/Exchange.asmx"],
    ["Salesforce", "loginUrl", "https://login.salesforce.com"],
  ])("accepts for %s %s %s", (type, name, value) => {
    expect(credentialProblem(field(type, name), value)).toBeNull();
  });

  it.each<[ServiceAccountType, string, string]>([
    ["Google", "keyFile", secret],
    ["Google", "keyFile", `{"private_key": "${secret}`],
    ["Google", "keyFile", key([secret])],
    ["Google", "keyFile", key({ ...whole, type: "authorized_user" })],
    ["Google", "keyFile", key({ ...whole, client_email: "" })],
    ["Google", "keyFile", key({ ...whole, more: "x".repeat(17_000) })],
    ["Microsoft", "clientSecret", `${secret}\n`],
    ["Microsoft", "tenantId", secret.repeat(100)],
    ["Exchange", "serverUrl", `https://ada:${secret}@mail.example.com/`],
    ["Salesforce", "loginUrl", secret],
  ])("refuses for %s %s what it cannot be, without repeating it", (type, name, value) => {
    const problem = credentialProblem(field(type, name), value);
    expect(problem).not.toBeNull();
    expect(problem).not.toContain(secret);
  });
});

describe("mergeCredentials", () => {
  const stored = { tenantId: "t", clientId: "c", clientSecret: "one" };

  it("keeps what was left empty", () => {
    const merged = mergeCredentials("Microsoft", { tenantId: "", clientSecret: "two" }, stored);
    expect(merged).toEqual({ ok: true, credentials: { ...stored, clientSecret: "two" }, isChanged: true });
  });

  it.each([
    ["nothing was entered", {}],
    ["the same was entered again", { clientSecret: "one" }],
    ["a field of another type came along", { password: "x" }],
  ])("says that nothing changed when %s", (_case, entered) => {
    const merged = mergeCredentials("Microsoft", entered, stored);
    expect(merged).toEqual({ ok: true, credentials: stored, isChanged: false });
  });

  it("needs every field of a new account", () => {
    const merged = mergeCredentials("Salesforce", { clientId: "c" }, null);
    expect(merged).toMatchObject({ ok: false, missing: [{ name: "loginUrl" }, { name: "clientSecret" }] });
    const whole = { loginUrl: "l", clientId: "c", clientSecret: "s" };
    expect(mergeCredentials("Salesforce", whole, null)).toEqual({
      ok: true,
      credentials: whole,
      isChanged: true,
    });
  });
});
