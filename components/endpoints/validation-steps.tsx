import { Card } from "@/components/ui/card";
import { Countdown } from "@/components/ui/countdown";
import { type Step, Steps } from "@/components/ui/steps";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { parseDuration, spellDuration } from "@/lib/format/duration";
import type { EndpointPage, InstanceDefaults, ValidationTry } from "@/lib/schemas/endpoint-page";

/** The validation as it happens: each try with its answer, the one on its way, and the verdict. */
export function ValidationSteps({ page, defaults }: { page: EndpointPage; defaults: InstanceDefaults }) {
  const { endpoint, validation, stateReason } = page;
  if (!validation) return null;
  const isChallenge = endpoint.verification.method === "challenge";
  const description = isChallenge
    ? `A GET request carries a random text in ${endpoint.verification.challengeHeader}; the endpoint answers 200 and repeats it.`
    : `A signed developer.webhook.test event; the endpoint answers ${endpoint.successStatus === "200" ? "200" : "any 2xx"}.`;
  const tries = [...validation.tries].reverse();
  const steps: Step[] = tries.map((one, index) => tryStep(one, index));
  if (endpoint.state === "validating") steps.push(nextStep(page, steps.length));
  steps.push(verdict(endpoint.state, stateReason === "validation_failed"));
  return (
    <Card
      title="Validation"
      description={`${description} Tried every ${spellEvery(defaults.validationRetryEvery)} for ${spellDuration(parseDuration(defaults.validationWindow) ?? 0)}.`}
    >
      <Steps label="Validation" steps={steps} />
    </Card>
  );
}

function tryStep(one: ValidationTry, index: number): Step {
  const answer = one.statusCode === 0 ? "no answer" : `answered ${one.statusCode}`;
  return {
    state: one.succeeded ? "done" : "failed",
    label: `Try ${index + 1}: ${answer} after ${Math.round(one.durationMs)} ms`,
    detail: (
      <>
        {one.message && <>{one.message}. </>}
        <TextLink href={`/logs/${one.attemptId}`}>Request and response</TextLink>
      </>
    ),
    aside: <Timestamp at={one.at} />,
  };
}

function nextStep({ validation, endpoint }: EndpointPage, triesCount: number): Step {
  const label = `Try ${triesCount + 1}`;
  if (validation?.nextTryAt) {
    return { state: "waiting", label, aside: <Countdown until={validation.nextTryAt} pastText="due now" /> };
  }
  if (validation?.isSending) return { state: "running", label: `${label}: waiting for the answer` };
  return {
    state: "waiting",
    label: "No further try before the window closes",
    aside: endpoint.validatingUntil && <Countdown until={endpoint.validatingUntil} />,
  };
}

function verdict(state: EndpointPage["endpoint"]["state"], failed: boolean): Step {
  if (state === "active") return { state: "done", label: "Active" };
  if (failed) {
    return {
      state: "failed",
      label: "Disabled: the validation window closed",
      detail: "Mend the receiver, send a test to try it, then re-activate.",
    };
  }
  return { state: "waiting", label: "Active" };
}

/** `4h` in words; "every 1 hour" reads better without its number. */
function spellEvery(duration: string): string {
  return spellDuration(parseDuration(duration) ?? 0).replace(/^1 (?=\w+$)/, "");
}
