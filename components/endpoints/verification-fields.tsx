import type { Problems } from "@/components/endpoints/form-problems";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";

export const verificationPaths = ["verification"];

/** How an endpoint proves that it wants the events before it gets any. */
export function VerificationFields({ values, problems }: { values: EndpointFormValues; problems: Problems }) {
  return (
    <div className="grid gap-4">
      <RadioCards
        name="verificationMethod"
        legend="Before it becomes active"
        columns={2}
        defaultValue={values.verificationMethod}
        options={[
          {
            value: "test_event",
            label: "Signed test event",
            hint: "It answers a POST of developer.webhook.test with a success.",
          },
          {
            value: "challenge",
            label: "Challenge",
            hint: 'It answers a GET with { "verification": the header\'s text }.',
          },
        ]}
        errors={problems("verification.method")}
      />
      <Field
        label="Challenge header"
        name="challengeHeader"
        mono
        defaultValue={values.challengeHeader}
        hint="Carries the random text of a challenge."
        errors={problems("verification.challengeHeader")}
      />
    </div>
  );
}
