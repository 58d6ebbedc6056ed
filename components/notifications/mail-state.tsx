import { mailStateLabels, mailStateTones } from "@/components/notifications/notice-words";
import { Badge } from "@/components/ui/badge";
import type { NoticeState } from "@/lib/domain/notice";

type MailStateProps = { mail: { state: NoticeState; lastError: string | null } };

/** Where a mail stands, and the server's last word while it is not sent. */
export function MailState({ mail: { state, lastError } }: MailStateProps) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={mailStateTones[state]} dot={state === "waiting" ? "pulse" : true}>
        {mailStateLabels[state]}
      </Badge>
      {lastError && <span className="line-clamp-1 max-w-72 min-w-0 text-xs text-muted">{lastError}</span>}
    </span>
  );
}
