"use client";

import { useState } from "react";
import type { Problems } from "@/components/endpoints/form-problems";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { streakDefaults, volumeDefaults } from "@/lib/domain/failure-policy";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";
import type { InstanceDefaults } from "@/lib/schemas/endpoint-page";

type PolicyFieldsProps = { values: EndpointFormValues; problems: Problems; defaults: InstanceDefaults };

export const policyPaths = ["failurePolicy"];

/** When failures have consequences; what is left empty follows the preset. */
export function PolicyFields({ values, problems, defaults }: PolicyFieldsProps) {
  const [preset, setPreset] = useState(values.preset);
  const number = (name: keyof EndpointFormValues & string, label: string, path: string, fallback: number) => (
    <Field
      label={label}
      name={name}
      inputMode="numeric"
      defaultValue={values[name] as string}
      placeholder={String(fallback)}
      errors={problems(`failurePolicy.${path}`)}
    />
  );
  return (
    <div className="grid gap-4">
      <RadioCards
        name="preset"
        legend="Failure policy"
        columns={3}
        value={preset}
        onValueChange={setPreset}
        options={[
          {
            value: "chronic",
            label: "Chronic",
            hint: "By time: probation first, disabled after a full warning.",
          },
          {
            value: "streak",
            label: "Streak",
            hint: "By the last attempts: a warning, then failures in a row.",
          },
          { value: "volume", label: "Volume", hint: "By many failures in a row." },
        ]}
        errors={problems("failurePolicy.preset")}
      />
      {preset === "chronic" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Probation after"
            name="probationAfter"
            defaultValue={values.probationAfter}
            placeholder={defaults.probationAfter}
            hint="Of nothing but failures, like 12h or 1d."
            errors={problems("failurePolicy.probationAfterSeconds")}
          />
          <Field
            label="Disabled after"
            name="disableAfter"
            defaultValue={values.disableAfter}
            placeholder={defaults.disableAfter}
            hint="Counted from the first failure. One success starts over."
            errors={problems("failurePolicy.disableAfterSeconds")}
          />
        </div>
      )}
      {preset === "streak" && (
        <div className="grid gap-4 sm:grid-cols-2">
          {number("warnFailures", "Warning at failures", "warnFailures", streakDefaults.warnFailures)}
          {number("window", "Of the last attempts", "window", streakDefaults.window)}
          {number(
            "streakDisable",
            "Disabled at failures in a row",
            "disableConsecutive",
            streakDefaults.disableConsecutive,
          )}
          {number(
            "recoverConsecutive",
            "Healthy after successes in a row",
            "recoverConsecutive",
            streakDefaults.recoverConsecutive,
          )}
        </div>
      )}
      {preset === "volume" &&
        number(
          "volumeDisable",
          "Disabled at failures in a row",
          "disableConsecutive",
          volumeDefaults.disableConsecutive,
        )}
    </div>
  );
}
