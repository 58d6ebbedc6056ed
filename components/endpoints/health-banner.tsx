import { isDisabledByRules, reasonLabels, statusLabels } from "@/components/endpoints/endpoint-words";
import { Callout } from "@/components/ui/callout";
import { Countdown } from "@/components/ui/countdown";
import { TextLink } from "@/components/ui/text-link";
import { ToldMoments } from "@/components/ui/told-moments";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";

/** What is wrong with an endpoint's health, in the words of API and mail, with the time that is left. */
export function HealthBanner({ page: { endpoint, stateReason } }: { page: EndpointPage }) {
  const { id, state, status, statusReason, disablesAt } = endpoint;
  if (isDisabledByRules(state, stateReason)) {
    return (
      <Callout
        tone="danger"
        title={`Disabled: ${reasonLabels[stateReason]}`}
        actions={<FailedAttempts id={id} />}
      >
        <ToldMoments text={statusReason ?? "Mend the receiver, then re-activate it."} />
      </Callout>
    );
  }
  if (state !== "active" || statusReason === null) return null;
  return (
    <Callout
      tone={status === "failing" ? "danger" : "warning"}
      title={
        <>
          {status === "healthy" ? "Failing attempts" : statusLabels[status]}
          {disablesAt && (
            <>
              : disabled in <Countdown until={disablesAt} pastText="a moment, with the next failure" />
            </>
          )}
        </>
      }
      actions={<FailedAttempts id={id} />}
    >
      <ToldMoments text={statusReason} />
    </Callout>
  );
}

function FailedAttempts({ id }: { id: string }) {
  return <TextLink href={`/endpoints/${id}/attempts?outcome=failed`}>Failed attempts</TextLink>;
}
