import { checkWebAddress } from "./web-address";

/** Accounts by which a service is used on behalf of an organization's people, spelled as their event spells them. */
export const serviceAccountTypes = ["Google", "Microsoft", "Exchange", "Salesforce"] as const;
export type ServiceAccountType = (typeof serviceAccountTypes)[number];

/** Service accounts of one organization. */
export const serviceAccountsMax = 100;

/** One thing that a service asks for to sign in. All of it is write-only, user names and addresses included. */
export interface CredentialField {
  name: string;
  label: string;
  hint?: string;
  kind: "line" | "password" | "address" | "keyFile";
}

export const credentialFields = {
  Google: [
    {
      name: "keyFile",
      label: "Key file",
      hint: "The JSON that Google Cloud makes when a key is added to a service account.",
      kind: "keyFile",
    },
  ],
  Microsoft: [
    { name: "tenantId", label: "Tenant ID", kind: "line" },
    { name: "clientId", label: "Client ID", kind: "line" },
    { name: "clientSecret", label: "Client secret", kind: "password" },
  ],
  Exchange: [
    {
      name: "serverUrl",
      label: "Server URL",
      hint: "Like https://mail.example.com/EWS/Exchange.asmx.",
      kind: "address",
    },
    { name: "userName", label: "User name", kind: "line" },
    { name: "password", label: "Password", kind: "password" },
  ],
  Salesforce: [
    { name: "loginUrl", label: "Login URL", hint: "Like https://login.salesforce.com.", kind: "address" },
    { name: "clientId", label: "Client ID", kind: "line" },
    { name: "clientSecret", label: "Client secret", kind: "password" },
  ],
} as const satisfies Record<ServiceAccountType, readonly CredentialField[]>;

/** What was entered or stored, by the names of the type's fields. */
export type Credentials = Readonly<Record<string, string>>;

const lineLengthMax = 1_000;
const keyFileLengthMax = 16 * 1024;

/** Why `value` cannot be the field's, as the rest of a sentence that begins with its label. Never repeats the value. */
export function credentialProblem({ kind }: CredentialField, value: string): string | null {
  if (kind === "keyFile") return keyFileProblem(value);
  if (value.length > lineLengthMax) return `must have at most ${lineLengthMax} characters`;
  if (/[\u0000-\u001f\u007f]/.test(value)) return "must be one line without control characters";
  if (kind !== "address") return null;
  const address = checkWebAddress(value);
  return address.ok ? null : address.problem;
}

function keyFileProblem(text: string): string | null {
  if (text.length > keyFileLengthMax) return `must have at most ${keyFileLengthMax} characters`;
  const file = parseObject(text);
  if (file === null) return "must be the whole JSON file, from its first brace to its last";
  const names = ["client_email", "private_key"];
  const hasAll = names.every((name) => typeof file[name] === "string" && file[name] !== "");
  if (file["type"] === "service_account" && hasAll) return null;
  return "must be the key of a service account, with type, client_email and private_key";
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // The parser's own words quote the text, which is a secret.
    return null;
  }
}

export type MergedCredentials =
  { ok: true; credentials: Credentials; isChanged: boolean } | { ok: false; missing: CredentialField[] };

/**
 * The credentials after an edit: a field that was left empty keeps what is stored. `stored` is null for a new account,
 * which needs all of them.
 */
export function mergeCredentials(
  type: ServiceAccountType,
  entered: Credentials,
  stored: Credentials | null,
): MergedCredentials {
  const fields: readonly CredentialField[] = credentialFields[type];
  const merged = fields.map((field) => ({ field, value: entered[field.name] || stored?.[field.name] || "" }));
  const missing = merged.filter(({ value }) => value === "").map(({ field }) => field);
  if (missing.length > 0) return { ok: false, missing };
  return {
    ok: true,
    credentials: Object.fromEntries(merged.map(({ field, value }) => [field.name, value])),
    isChanged: merged.some(({ field, value }) => value !== stored?.[field.name]),
  };
}
