import type { FieldWiring } from "@/components/ui/field";
import { FieldFrame } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import {
  credentialFields,
  type CredentialField,
  type Credentials,
  type ServiceAccountType,
} from "@/lib/domain/service-account";

type CredentialFieldsProps = {
  type: ServiceAccountType;
  /** There are credentials already, which are never shown: an empty field keeps its part of them. */
  isStored: boolean;
  values: Credentials;
  onChange: (changed: Credentials) => void;
  errorsOf: (field: string) => string[];
};

/** What the service asks for to sign in; write-only. */
export function CredentialFields({ type, isStored, values, onChange, errorsOf }: CredentialFieldsProps) {
  const fields: readonly CredentialField[] = credentialFields[type];
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-lg border p-4">
      <legend className="px-1 text-sm font-medium">Credentials</legend>
      <p className="-mt-1 max-w-prose text-xs text-muted">
        Posthorn signs in nowhere with them. It keeps them encrypted, shows them to nobody, and uses them only
        to tell when they change: the event says so to the systems that do sign in, and never what they are.
      </p>
      {fields.map((field) => (
        <FieldFrame
          key={field.name}
          label={field.label}
          hint={field.hint}
          errors={errorsOf(field.name)}
          fieldClassName={field.kind === "keyFile" ? undefined : "max-w-lg"}
        >
          {(wiring) => (
            <Control
              {...wiring}
              field={field}
              isStored={isStored}
              value={values[field.name] ?? ""}
              onValueChange={(value) => onChange({ [field.name]: value })}
            />
          )}
        </FieldFrame>
      ))}
    </fieldset>
  );
}

type ControlProps = FieldWiring & {
  field: CredentialField;
  isStored: boolean;
  value: string;
  onValueChange: (value: string) => void;
};

function Control({ field: { name, kind }, isStored, value, onValueChange, ...wiring }: ControlProps) {
  const control = {
    ...wiring,
    ...{ name, value, required: !isStored, mono: true },
    placeholder: isStored ? "Stored; type to replace" : undefined,
    onChange: (event: { target: { value: string } }) => onValueChange(event.target.value),
  };
  if (kind === "keyFile") return <Textarea {...control} autoComplete="off" className="min-h-32 break-all" />;
  // A new password as far as password managers are concerned: they do not fill in the visitor's own.
  if (kind === "password") return <Input {...control} type="password" autoComplete="new-password" />;
  return <Input {...control} autoComplete="off" inputMode={kind === "address" ? "url" : undefined} />;
}
