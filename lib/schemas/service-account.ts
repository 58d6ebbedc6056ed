import { z } from "zod";
import {
  credentialFields,
  credentialProblem,
  serviceAccountTypes,
  type CredentialField,
  type ServiceAccountType,
} from "@/lib/domain/service-account";
import { changedFields, loadedIn } from "./loaded-form";
import { domainIn } from "./organization-domains";
import { nameIn } from "./person";
import { idIn } from "./public-id";

/** The form has the fields of every type, and sends those of the chosen one filled. */
const entered = Object.fromEntries(
  Object.values(credentialFields)
    .flat()
    .map(({ name }) => [name, z.string("must be text").default("")]),
);

const fields = {
  type: z.enum(serviceAccountTypes, `must be one of ${serviceAccountTypes.join(", ")}`),
  name: nameIn("The name"),
  domains: z
    .array(domainIn)
    .default([])
    .transform((chosen) => [...new Set(chosen)]),
};

export const ServiceAccountIn = z
  .strictObject({ ...fields, ...entered })
  .transform(({ type, name, domains, ...texts }, context) => ({
    ...{ type, name, domains },
    credentials: credentialsOf(type, texts as Record<string, string>, context),
  }));
export type ServiceAccountIn = z.output<typeof ServiceAccountIn>;

const LoadedAccount = z.object({ name: fields.name, domains: fields.domains });

/**
 * What was changed of an account in its form since it was loaded: credentials that are left empty stay, and so do name
 * and domains where they are what they were.
 */
export const ServiceAccountPatch = z
  .strictObject({ id: idIn("serviceAccount"), ...fields, ...entered, loaded: loadedIn })
  .transform(({ id, type, name, domains, loaded, ...texts }, context) => ({
    ...{ id, type },
    ...changedFields({ name, domains }, loaded, LoadedAccount),
    credentials: credentialsOf(type, texts as Record<string, string>, context),
  }));
export type ServiceAccountPatch = z.output<typeof ServiceAccountPatch>;

export const ServiceAccountId = z.strictObject({ id: idIn("serviceAccount") });

/** What was entered of the type's fields; problems name the field and never repeat its text. */
function credentialsOf(
  type: ServiceAccountType,
  texts: Record<string, string>,
  context: z.RefinementCtx,
): Record<string, string> {
  const own: readonly CredentialField[] = credentialFields[type];
  const given = own.flatMap((field) => {
    const text = texts[field.name] ?? "";
    // Spaces belong to a password; around an address or a name they came with the clipboard.
    const value = field.kind === "password" ? text : text.trim();
    return value === "" ? [] : [{ field, value }];
  });
  for (const { field, value } of given) {
    const message = credentialProblem(field, value);
    if (message !== null) context.addIssue({ code: "custom", path: [field.name], message });
  }
  return Object.fromEntries(given.map(({ field, value }) => [field.name, value]));
}

/** As pages show it: of the credentials only that there are some. Timestamps are ISO 8601. */
export interface ServiceAccountOut {
  id: string;
  type: ServiceAccountType;
  name: string;
  domains: string[];
  createdAt: string;
  updatedAt: string;
}
