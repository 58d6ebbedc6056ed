import { evidenceOf, reasonLabels, reasonTones } from "@/components/review/review-words";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Countdown } from "@/components/ui/countdown";
import { DottedName } from "@/components/ui/dotted-name";
import { SparkBars } from "@/components/ui/sparkline";
import { Cell, Row, RowActions, RowLink } from "@/components/ui/table";
import { Timestamp } from "@/components/ui/timestamp";
import { ToldMoments } from "@/components/ui/told-moments";
import type { ReviewItem } from "@/lib/schemas/review";

type ReviewRowProps = {
  item: ReviewItem;
  showOrganization: boolean;
  chosen: boolean;
  onChosenChange: (isChosen: boolean) => void;
};

export function ReviewRow({ item, showOrganization, chosen, onChosenChange }: ReviewRowProps) {
  const { endpointId, url, since, hours, owner } = item;
  return (
    <Row selected={chosen}>
      <Cell className="pr-0 align-top">
        <RowActions className="justify-start pt-0.5">
          <Checkbox
            label={`Select ${url}`}
            labelHidden
            checked={chosen}
            onChange={(event) => onChosenChange(event.target.checked)}
          />
        </RowActions>
      </Cell>
      <Cell className="max-w-80 align-top md:min-w-44">
        {/* Another organization's endpoint has no page here: its name and its evidence are all there is to see. */}
        {showOrganization ? (
          <span className="line-clamp-2 font-mono text-xs leading-5">
            <DottedName name={url} />
          </span>
        ) : (
          <RowLink href={`/endpoints/${endpointId}`} className="line-clamp-2 font-mono text-xs leading-5">
            <DottedName name={url} />
          </RowLink>
        )}
        {(showOrganization || item.description) && (
          <p className="line-clamp-1 text-xs text-muted">
            {[showOrganization && item.organizationName, item.description].filter(Boolean).join(" · ")}
          </p>
        )}
      </Cell>
      <Cell className="max-w-88 align-top">
        <Evidence item={item} />
      </Cell>
      <Cell label="Since" className="align-top whitespace-nowrap">
        <Timestamp at={since} />
      </Cell>
      <Cell label="Time left" className="align-top whitespace-nowrap">
        <TimeLeft item={item} />
      </Cell>
      <Cell label="Last 24 hours" className="align-top md:max-xl:hidden">
        <SparkBars points={hours} label={describeHours(hours)} />
      </Cell>
      <Cell label="Owner" className="align-top">
        {owner ? (
          <span title={owner.email} className="whitespace-nowrap">
            {owner.name || owner.email}
          </span>
        ) : (
          <span className="text-muted">None</span>
        )}
      </Cell>
    </Row>
  );
}

function Evidence({ item }: { item: ReviewItem }) {
  const { reason, note } = item;
  return (
    <>
      <Badge tone={reasonTones[reason]} dot={reason === "stuck_validating" ? "pulse" : true}>
        {reasonLabels[reason]}
      </Badge>
      <p className="mt-1 text-xs text-muted">
        <ToldMoments text={evidenceOf(item)} />
      </p>
      {note && (
        <p className="mt-1 text-xs">
          Seen by {note.by} <Timestamp at={note.at} />
          {note.note && `: ${note.note}`}
        </p>
      )}
    </>
  );
}

/** Until what happens if nothing does: disabling, or the end of the validation window. */
function TimeLeft({ item: { disablesAt, validatingUntil } }: { item: ReviewItem }) {
  if (disablesAt) {
    return (
      <span className="text-warning-text">
        <Countdown until={disablesAt} pastText="At the next failure" />
      </span>
    );
  }
  if (validatingUntil) return <Countdown until={validatingUntil} />;
  return <span className="text-muted">–</span>;
}

function describeHours(hours: ReviewItem["hours"]): string {
  const sum = (of: "ok" | "failed") => hours.reduce((total, hour) => total + hour[of], 0);
  return `24 hours: ${sum("ok")} succeeded, ${sum("failed")} failed`;
}
