import { z } from "zod";
import { checkWebAddress } from "@/lib/domain/web-address";
import { changedFields, loadedIn } from "./loaded-form";
import { nameIn } from "./person";

/** A web address, or nothing. */
const webAddressIn = z.string("must be text").transform((text, context) => {
  if (text.trim() === "") return "";
  const checked = checkWebAddress(text);
  if (checked.ok) return checked.address;
  context.addIssue(checked.problem);
  return z.NEVER;
});

/** The company's name is the organization's, wherever it is shown. */
export const OrganizationProfileIn = z.strictObject({
  companyName: nameIn("The name"),
  webAddress: webAddressIn,
  logoUrl: webAddressIn,
});

/** As `organization.profile.changed` has it. */
export type OrganizationProfile = z.output<typeof OrganizationProfileIn>;

/** What was changed in the form of the profile since it was loaded. */
export const OrganizationProfileForm = OrganizationProfileIn.extend({ loaded: loadedIn }).transform(
  ({ loaded, ...profile }) => changedFields(profile, loaded, OrganizationProfileIn),
);
