import type { EventTypeDefinition, JsonSchema } from "@/lib/domain/catalog/event-type-definition";
import {
  dataSchema,
  flag,
  list,
  object,
  objectOrEmpty,
  oneOf,
  person,
  text,
} from "@/lib/domain/catalog/schema-parts";

interface ChangeHistory {
  title: string;
  description: string;
  /** What stands beside the history. */
  beside?: { readonly [name: string]: JsonSchema };
  previous: JsonSchema;
  current: JsonSchema;
}

function changeHistory({ title, description, beside = {}, previous, current }: ChangeHistory): JsonSchema {
  return dataSchema(title, description, {
    ...beside,
    previous,
    current,
    modifiedBy: person("Modified by", "Who made the change."),
  });
}

const modifiedBy = {
  userId: "48213",
  username: "ines.calderon@brightwater.example",
  firstName: "Inés",
  lastName: "Calderón",
};

const setting = object("Setting", "The setting that was changed.", {
  module: text("Module", "The part of the product that the setting belongs to."),
  name: text("Name", "The setting's name within its module."),
  default: text("Default", "The value the setting has when nobody chose one."),
  title: text("Title", "The setting's label in the admin panel."),
  helpText: text("Help text", "The explanation below the label."),
});

const settingValue = {
  value: text("Value", "The setting's value, written as text."),
  allowUserOverride: flag("Allow user override", "Whether people may choose a value of their own."),
};

const profile = {
  companyName: text("Company name", "The name customers see."),
  webAddress: text("Web address", "The company's web site."),
  logoUrl: text("Logo URL", "Where the logo is loaded from."),
};

const serviceAccountTypes = ["Google", "Microsoft", "Exchange", "Salesforce"];

const serviceAccount = {
  type: oneOf("Type", "The service that the account signs in to.", serviceAccountTypes),
  name: text("Name", "The account's name in the admin panel."),
  domains: list("Domains", "The domains whose people the account serves.", text("Domain", "A domain name.")),
};

const domains = {
  value: list("Value", "All of the organization's domains.", text("Domain", "A domain name.")),
};

export const organizationEventTypes: readonly EventTypeDefinition[] = [
  {
    name: "organization.setting.changed",
    group: "organization",
    description:
      "A setting of the organization has another value, or people may no longer (or now) override it.",
    whenSent: "When an admin saves a changed setting in the admin panel.",
    schema: changeHistory({
      title: "Setting changed",
      description: "The setting, its values before and after, and who changed it.",
      beside: { setting },
      previous: object("Previous", "The setting before the change.", settingValue),
      current: object("Current", "The setting after the change.", settingValue),
    }),
    example: {
      setting: {
        module: "scheduling",
        name: "minimumNotice",
        default: "60",
        title: "Minimum notice",
        helpText: "How many minutes ahead a meeting has to be booked.",
      },
      previous: { value: "60", allowUserOverride: true },
      current: { value: "240", allowUserOverride: false },
      modifiedBy,
    },
  },
  {
    name: "organization.profile.changed",
    group: "organization",
    description: "The organization's public profile has another name, web address or logo.",
    whenSent: "When an admin saves the organization's profile in the admin panel.",
    schema: changeHistory({
      title: "Profile changed",
      description: "The profile before and after, and who changed it.",
      previous: object("Previous", "The profile before the change.", profile),
      current: object("Current", "The profile after the change.", profile),
    }),
    example: {
      previous: {
        companyName: "Brightwater Pumps",
        webAddress: "https://www.brightwater-pumps.example",
        logoUrl: "",
      },
      current: {
        companyName: "Brightwater",
        webAddress: "https://www.brightwater.example",
        logoUrl: "https://cdn.brightwater.example/logo-2026.svg",
      },
      modifiedBy,
    },
  },
  {
    name: "organization.service_account.changed",
    group: "organization",
    description:
      "A service account was added, changed or removed. Credentials are never part of it, only whether they changed.",
    whenSent: "When an admin saves or removes a service account in the admin panel.",
    schema: changeHistory({
      title: "Service account changed",
      description: "The account before and after, and who changed it.",
      previous: objectOrEmpty(
        "Previous",
        "The account before the change; {} when it is new.",
        serviceAccount,
      ),
      current: objectOrEmpty("Current", "The account after the change; {} when it was removed.", {
        ...serviceAccount,
        credentials: oneOf("Credentials", "Whether the credentials changed; they are never sent.", [
          "changed",
          "unchanged",
        ]),
      }),
    }),
    example: {
      previous: { type: "Google", name: "Calendar sync", domains: ["brightwater.example"] },
      current: {
        type: "Google",
        name: "Calendar sync",
        domains: ["brightwater.example", "brightwater-labs.example"],
        credentials: "unchanged",
      },
      modifiedBy,
    },
  },
  {
    name: "organization.domains.changed",
    group: "organization",
    description: "The list of domains that belong to the organization is another one.",
    whenSent: "When an admin adds or removes a domain in the admin panel.",
    schema: changeHistory({
      title: "Domains changed",
      description: "The domains before and after, and who changed them.",
      previous: object("Previous", "The domains before the change.", domains),
      current: object("Current", "The domains after the change.", domains),
    }),
    example: {
      previous: { value: ["brightwater.example"] },
      current: { value: ["brightwater.example", "brightwater-labs.example"] },
      modifiedBy,
    },
  },
];
