"use client";

import { useState } from "react";
import type { Problems } from "@/components/endpoints/form-problems";
import { Field, SelectField } from "@/components/ui/field";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";
import type { InstanceDefaults } from "@/lib/schemas/endpoint-page";

type DeliveryFieldsProps = { values: EndpointFormValues; problems: Problems; defaults: InstanceDefaults };

export const deliveryPaths = [
  "successStatus",
  "onGone",
  "timeoutSeconds",
  "retrySchedule",
  "rateLimitPerSecond",
];

/** When an attempt counts as delivered, how long it may take, and when it is made again. */
export function DeliveryFields({ values, problems, defaults }: DeliveryFieldsProps) {
  const [retryMode, setRetryMode] = useState(values.retryMode);
  const waits =
    defaults.retrySchedule.length === 0 ? "no retries" : `after ${defaults.retrySchedule.join(", ")}`;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Succeeds with"
        name="successStatus"
        defaultValue={values.successStatus}
        options={[
          { value: "200", label: "Status 200 only" },
          { value: "2xx", label: "Any status 2xx" },
        ]}
        errors={problems("successStatus")}
      />
      <SelectField
        label="When it answers 410 (gone)"
        name="onGone"
        defaultValue={values.onGone}
        options={[
          { value: "retry", label: "Retry like any failure" },
          { value: "disable", label: "Disable the endpoint" },
        ]}
        errors={problems("onGone")}
      />
      <Field
        label="Timeout in seconds"
        name="timeoutSeconds"
        inputMode="numeric"
        optional
        defaultValue={values.timeoutSeconds}
        placeholder={String(defaults.timeoutSeconds)}
        hint="1 to 30, for connect, headers and body together."
        errors={problems("timeoutSeconds")}
      />
      <Field
        label="Rate limit per second"
        name="rateLimitPerSecond"
        inputMode="decimal"
        optional
        defaultValue={values.rateLimitPerSecond}
        placeholder="No limit"
        hint="Requests started per second; 0.5 is one every two seconds."
        errors={problems("rateLimitPerSecond")}
      />
      <SelectField
        label="Retries"
        name="retryMode"
        value={retryMode}
        onChange={(event) => setRetryMode(event.target.value)}
        options={[
          { value: "default", label: `Default: ${waits}` },
          { value: "own", label: "Own waits" },
          { value: "none", label: "None: one attempt per event" },
        ]}
      />
      <Field
        label="Own waits"
        name="retrySchedule"
        mono
        defaultValue={values.retrySchedule}
        placeholder="1m, 15m, 2h"
        hint="For waits of your own, chosen under Retries: up to ten, spread by 10 % either way."
        errors={problems("retrySchedule")}
      />
    </div>
  );
}
