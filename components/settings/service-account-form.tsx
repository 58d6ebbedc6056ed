"use client";

import { ChangeOutcome } from "@/components/settings/change-outcome";
import { publishedLink, publishedText } from "@/components/settings/change-words";
import { CredentialFields } from "@/components/settings/credential-fields";
import { ServiceTypeLinks } from "@/components/settings/service-type-links";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { Callout } from "@/components/ui/callout";
import { Checkbox, tickedValues } from "@/components/ui/checkbox";
import { Field, FieldErrors, useGroupWiring } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { Credentials, ServiceAccountType } from "@/lib/domain/service-account";
import { enteredAgain, fieldErrors, type FormState } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { ServiceAccountOut } from "@/lib/schemas/service-account";

type Saved = FormState<ConfigurationChangeOut>;
type ServiceAccountFormProps = {
  action: (previous: Saved | null, form: FormData) => Promise<Saved>;
  type: ServiceAccountType;
  /** The one that is edited; a new one has none. */
  account?: ServiceAccountOut;
  /** The organization's. */
  domains: readonly string[];
};

const listHref = "/settings/service-accounts";

/** A new service account, or one that is edited: then what is left empty of the credentials stays. */
export function ServiceAccountForm({ action, type, account, domains }: ServiceAccountFormProps) {
  const saved = {
    name: account?.name ?? "",
    domains: account?.domains ?? [],
    credentials: {} as Credentials,
  };
  const kept = useKeptForm(action, saved, afterAnswer);
  const { form, pending, result, values, setValues, loaded } = kept;
  const set = (changed: Partial<typeof saved>) => setValues((current) => ({ ...current, ...changed }));
  if (!account && result?.ok) return <Added events={result.value.events} />;
  return (
    <form {...form} className="grid gap-5">
      {account && <input type="hidden" name="id" value={account.id} />}
      {account && <input type="hidden" name="loaded" value={loaded} />}
      <input type="hidden" name="type" value={type} />
      {!account && <ServiceTypeLinks current={type} />}
      <Field
        label="Name"
        name="name"
        autoComplete="off"
        required
        maxLength={100}
        hint="What people call it: Calendar sync."
        value={values.name}
        onChange={(event) => set({ name: event.target.value })}
        errors={fieldErrors(result, "name")}
        fieldClassName="max-w-lg"
      />
      <DomainChoice
        domains={domains}
        chosen={values.domains}
        onChange={(chosen) => set({ domains: chosen })}
        errors={[...fieldErrors(result, "domains"), ...fieldErrors(result, "type")]}
      />
      <CredentialFields
        type={type}
        isStored={account !== undefined}
        values={values.credentials}
        onChange={(changed) =>
          setValues((current) => ({ ...current, credentials: { ...current.credentials, ...changed } }))
        }
        errorsOf={(field) => fieldErrors(result, field)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>{account ? "Save account" : "Add account"}</SubmitButton>
        <LinkButton href={listHref}>{account ? "Back to the list" : "Cancel"}</LinkButton>
        <ChangeOutcome result={result} />
      </div>
    </form>
  );
}

type Values = { name: string; domains: string[]; credentials: Credentials };

/** What was saved of the credentials is not kept in the browser any longer than it must be. */
function afterAnswer(held: Values, answer: Saved): Values {
  if (answer.result.ok) return { ...held, credentials: {} };
  const { name = "", domains = [] } = enteredAgain(answer);
  return { ...held, name: String(name), domains: [domains].flat() };
}

function Added({ events }: ConfigurationChangeOut) {
  const link = publishedLink(events);
  return (
    <Callout
      tone="success"
      live
      title="The account was added"
      actions={
        <>
          {link && (
            <LinkButton href={link.href} size="sm">
              {link.label}
            </LinkButton>
          )}
          <LinkButton href={listHref} size="sm">
            All service accounts
          </LinkButton>
        </>
      }
    >
      {publishedText(events)}
    </Callout>
  );
}

type DomainChoiceProps = {
  domains: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  errors: readonly string[];
};

function DomainChoice({ domains, chosen, onChange, errors }: DomainChoiceProps) {
  const { described, wrong, errorsId } = useGroupWiring({ errors });
  return (
    <fieldset {...described} className="grid min-w-0 gap-2.5">
      <legend className="mb-2.5 text-sm font-medium">
        Domains <span className="ml-1 text-xs font-normal text-subtle">whose people it serves</span>
      </legend>
      {domains.length === 0 && (
        <p className="text-sm text-muted">
          The organization has no domains yet. <TextLink href="/settings/domains">Add one</TextLink>
        </p>
      )}
      {domains.map((domain) => (
        <Checkbox
          key={domain}
          name="domains[]"
          value={domain}
          label={<span className="font-mono text-xs wrap-anywhere">{domain}</span>}
          checked={chosen.includes(domain)}
          onChange={(event) => onChange(tickedValues(event.target))}
          {...wrong}
        />
      ))}
      <FieldErrors id={errorsId} errors={errors} />
    </fieldset>
  );
}
