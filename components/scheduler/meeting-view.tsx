import { MeetingHistory } from "@/components/scheduler/meeting-history";
import { MeetingSpan } from "@/components/scheduler/meeting-span";
import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import type { MeetingDetail } from "@/lib/schemas/meeting";

/** One meeting: when and with whom, what was answered, and what happened to it. */
export function MeetingView({ meeting }: { meeting: MeetingDetail }) {
  return (
    <div className="grid gap-5">
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title="Meeting">
          <MeetingFacts meeting={meeting} />
        </Card>
        <Card title="Invitee">
          <InviteeFacts meeting={meeting} />
        </Card>
      </div>
      <MeetingHistory changes={meeting.changes} />
    </div>
  );
}

function MeetingFacts({ meeting }: { meeting: MeetingDetail }) {
  const { start, end, phase, owner, isOwnerMember, location, zoomMeetingId, id, emailMeetingId } = meeting;
  return (
    <KeyValueList
      items={[
        {
          label: "When",
          value: (
            <>
              <MeetingSpan start={start} end={end} />{" "}
              {phase !== "canceled" && (
                <span className="text-muted">
                  (<Timestamp at={start} />)
                </span>
              )}
            </>
          ),
        },
        {
          label: "Calendar of",
          value: (
            <>
              {isOwnerMember ? (
                <TextLink href={`/scheduler/book?with=${owner.id}`}>{owner.name || owner.email}</TextLink>
              ) : (
                `${owner.name || owner.email} (has left the organization)`
              )}
              <span className="block text-xs text-muted">{owner.email}</span>
            </>
          ),
        },
        { label: "Where", value: <Location location={location} /> },
        ...(zoomMeetingId ? [{ label: "Zoom meeting", value: zoomMeetingId, mono: true }] : []),
        { label: "Meeting", value: <CopyableId id={id} /> },
        { label: "E-mail meeting", value: <CopyableId id={emailMeetingId} /> },
      ]}
    />
  );
}

/** A link where the whole location is one: what else stands beside it is text. */
function Location({ location }: { location: string }) {
  if (location === "") return <span className="text-muted">Nothing was said</span>;
  if (!/^https?:\/\/\S+$/i.test(location) || !URL.canParse(location)) return location;
  return (
    <TextLink href={location} external>
      {location}
    </TextLink>
  );
}

function InviteeFacts({ meeting }: { meeting: MeetingDetail }) {
  const { inviteeName, inviteeEmail, optionalInvitees, formValues } = meeting;
  return (
    <KeyValueList
      items={[
        { label: "Name", value: inviteeName },
        { label: "E-mail", value: inviteeEmail },
        ...(optionalInvitees ? [{ label: "Other invitees", value: optionalInvitees }] : []),
        ...formValues.map(({ question, answerText }) => ({
          label: question,
          value:
            answerText === "" ? (
              <span className="text-muted">No answer</span>
            ) : (
              <span className="whitespace-pre-wrap">{answerText}</span>
            ),
        })),
      ]}
    />
  );
}
