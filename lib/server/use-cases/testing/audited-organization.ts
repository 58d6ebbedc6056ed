import "server-only";
import { bookMeeting } from "../book-meeting";
import { cancelMeeting } from "../cancel-meeting";
import { addOrganizationDomain, removeOrganizationDomain } from "../change-organization-domains";
import { changeOrganizationProfile } from "../change-organization-profile";
import { changeOrganizationSettings } from "../change-organization-settings";
import { addServiceAccount, editServiceAccount, removeServiceAccount } from "../change-service-account";
import { updateMeetingPreferences } from "../meeting-preferences";
import { moveMeeting } from "../move-meeting";
import { audits, account, type AuditedWorld, type Case } from "./audited-world";

/** What an organization says about itself, and its meetings. */
export const organizationCases = (world: AuditedWorld): Record<string, Case> => ({
  "book-meeting#bookMeeting": audits("meeting.scheduled", async () => {
    const input = await world.booking();
    return () => bookMeeting(world.deps, world.admin, input);
  }),
  "cancel-meeting#cancelMeeting": audits("meeting.canceled", async () => {
    const id = await world.meeting();
    return () => cancelMeeting(world.deps, world.admin, { id });
  }),
  "change-organization-domains#addOrganizationDomain": audits("organization.domains_changed", async () => {
    return () => addOrganizationDomain(world.deps, world.admin, { domain: "example.com" });
  }),
  "change-organization-domains#removeOrganizationDomain": audits("organization.domains_changed", async () => {
    await addOrganizationDomain(world.deps, world.admin, { domain: "example.com" });
    return () => removeOrganizationDomain(world.deps, world.admin, { domain: "example.com" });
  }),
  "change-organization-profile#changeOrganizationProfile": audits(
    "organization.profile_changed",
    async () => {
      const profile = { companyName: "Another name", webAddress: "", logoUrl: "" };
      return () => changeOrganizationProfile(world.deps, world.admin, profile);
    },
  ),
  "change-organization-settings#changeOrganizationSettings": audits(
    ["organization.setting_changed", "organization.setting_changed"],
    async () => {
      const meetingLength = { value: "45", allowUserOverride: true };
      const location = { value: "", allowUserOverride: false };
      return () => changeOrganizationSettings(world.deps, world.admin, { meetingLength, location });
    },
  ),
  "change-service-account#addServiceAccount": audits("service_account.created", async () => {
    return () => addServiceAccount(world.deps, world.admin, account);
  }),
  "change-service-account#editServiceAccount": audits("service_account.changed", async () => {
    const id = await world.serviceAccount();
    const credentials = { password: "planted-secret 2" };
    return () => editServiceAccount(world.deps, world.admin, { ...account, id, credentials });
  }),
  "change-service-account#removeServiceAccount": audits("service_account.deleted", async () => {
    const id = await world.serviceAccount();
    return () => removeServiceAccount(world.deps, world.admin, { id });
  }),
  "meeting-preferences#updateMeetingPreferences": audits("member.calendar_changed", async () => {
    return () => updateMeetingPreferences(world.deps, world.admin, { meetingLength: "45" });
  }),
  "move-meeting#moveMeeting": audits("meeting.rescheduled", async () => {
    const id = await world.meeting();
    const [start] = await world.freeTimes();
    return () => moveMeeting(world.deps, world.admin, { id, start: start! });
  }),
});
