import { z } from "zod";
import { checkDomainName } from "@/lib/domain/domain-name";

export const domainIn = z.string("must be text").transform((text, context) => {
  const checked = checkDomainName(text);
  if (checked.ok) return checked.name;
  context.addIssue(checked.problem);
  return z.NEVER;
});

export const OrganizationDomainIn = z.strictObject({ domain: domainIn });

/** A domain and what stands in the way of removing it. */
export interface OrganizationDomainOut {
  name: string;
  /** The service accounts that serve it. */
  accounts: { id: string; name: string }[];
}
