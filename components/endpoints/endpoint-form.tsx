"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { DeliveryFields, deliveryPaths } from "@/components/endpoints/delivery-fields";
import { EventFields, type EventTypeChoice } from "@/components/endpoints/event-fields";
import { hasProblems, type Problems, problemsOf } from "@/components/endpoints/form-problems";
import { HeaderFields, headerPaths } from "@/components/endpoints/header-fields";
import { PolicyFields, policyPaths } from "@/components/endpoints/policy-fields";
import { VerificationFields, verificationPaths } from "@/components/endpoints/verification-fields";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useBroughtIntoView } from "@/components/ui/use-brought-into-view";
import { type Refusal, useFormAction } from "@/components/ui/use-form-action";
import { formFields } from "@/lib/schemas/form-fields";
import type { EndpointFormState, EndpointFormValues } from "@/lib/schemas/endpoint-form";
import type { InstanceDefaults } from "@/lib/schemas/endpoint-page";

type EndpointFormProps = {
  action: (previous: EndpointFormState | null, form: FormData) => Promise<EndpointFormState>;
  values: EndpointFormValues;
  eventTypes: readonly EventTypeChoice[];
  defaults: InstanceDefaults;
  submitLabel: string;
  /** Of the endpoint that is being changed; a new one has none. */
  id?: string;
  /** Beside the URL of a new endpoint: where to get one from. */
  urlAside?: ReactNode;
};

/** Everything about an endpoint in one plain form, which also submits before hydration. */
export function EndpointForm({ action, submitLabel, id, urlAside, ...props }: EndpointFormProps) {
  const [state, submit, pending] = useFormAction(action, refuse);
  const problems = problemsOf(state?.result ?? null);
  const summary = useBroughtIntoView<HTMLDivElement>(state);
  // A form is emptied after its action: what was entered becomes what it starts with.
  const refused = state && !state.result.ok ? state.values : {};
  const values = { ...props.values, ...refused };
  return (
    <form action={submit} className="grid max-w-4xl gap-5">
      {id && <input type="hidden" name="id" value={id} />}
      <div ref={summary} className="grid gap-3 empty:hidden">
        {state && <Outcome state={state} />}
      </div>
      <Parts
        key={state ? JSON.stringify(state) : "first"}
        {...props}
        values={values}
        problems={problems}
        urlAside={urlAside}
        loaded={id && (refused.loaded ?? JSON.stringify(props.values))}
        // Once it has been refused nothing is hidden, or a value that was entered would be.
        folded={!id && state === null}
      />
      <div className="sticky bottom-0 -mx-1 flex justify-end border-t bg-canvas px-1 py-3">
        <SubmitButton pending={pending}>{submitLabel}</SubmitButton>
      </div>
    </form>
  );
}

const refuse = (result: Refusal, form: FormData): EndpointFormState => ({
  result,
  values: formFields(form) as Partial<EndpointFormValues>,
});

function Outcome({ state: { result } }: { state: EndpointFormState }) {
  if (!result.ok) {
    return (
      <Callout tone="danger" live title="Nothing was saved">
        {result.message}
      </Callout>
    );
  }
  const isProving = result.value.state === "validating";
  return (
    <Callout tone="success" live title="Saved">
      {isProving
        ? "The endpoint is being validated; deliveries wait until it has answered the test."
        : "The next request uses the new settings."}
      {result.value.warnings?.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
    </Callout>
  );
}

type PartsProps = Pick<EndpointFormProps, "eventTypes" | "defaults" | "urlAside"> & {
  values: EndpointFormValues;
  problems: Problems;
  /** Of an endpoint that exists: what the form held at first. */
  loaded: string | undefined;
  folded: boolean;
};

function Parts({ values, problems, eventTypes, defaults, urlAside, folded, ...props }: PartsProps) {
  // As long as the fields hold what they began with, whatever the page hears of the endpoint meanwhile.
  const [loaded] = useState(props.loaded);
  return (
    <>
      {loaded && <input type="hidden" name="loaded" value={loaded} />}
      <Card title="Destination">
        <div className="grid gap-4">
          <Field
            label="Endpoint URL"
            name="url"
            type="text"
            inputMode="url"
            mono
            size="lg"
            required
            defaultValue={values.url}
            placeholder="https://example.com/webhooks"
            hint={
              urlAside ??
              "Changing it starts the validation again; deliveries wait until the new URL has answered."
            }
            errors={problems("url")}
          />
          <Field
            label="Description"
            name="description"
            optional
            maxLength={500}
            defaultValue={values.description}
            placeholder="What receives these events"
            errors={problems("description")}
          />
        </div>
      </Card>
      <Card title="Events">
        <EventFields values={values} problems={problems} eventTypes={eventTypes} />
      </Card>
      <Part title="Delivery and retries" open={!folded || hasProblems(problems, deliveryPaths)}>
        <DeliveryFields values={values} problems={problems} defaults={defaults} />
      </Part>
      <Part title="Verification" open={!folded || hasProblems(problems, verificationPaths)}>
        <VerificationFields values={values} problems={problems} />
      </Part>
      <Part title="When it fails" open={!folded || hasProblems(problems, policyPaths)}>
        <PolicyFields values={values} problems={problems} defaults={defaults} />
      </Part>
      <Part title="Custom headers" open={!folded || hasProblems(problems, headerPaths)}>
        <HeaderFields values={values} problems={problems} />
      </Part>
    </>
  );
}

/** A part that most people leave as it is; folded by the platform's own means. */
function Part({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group/part rounded-lg border bg-surface">
      <summary className="flex cursor-pointer items-center gap-2 px-4 py-3 text-base font-semibold select-none">
        <ChevronRight aria-hidden className="size-4 text-subtle group-open/part:rotate-90" />
        {title}
      </summary>
      <div className="border-t p-4">{children}</div>
    </details>
  );
}
