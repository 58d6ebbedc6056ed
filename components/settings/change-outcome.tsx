import { CircleCheck, Info } from "lucide-react";
import { publishedLink, publishedText } from "@/components/settings/change-words";
import { FieldErrors } from "@/components/ui/field";
import { TextLink } from "@/components/ui/text-link";
import type { ActionResult } from "@/lib/schemas/action-result";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";

/** Beside the submit button: what was saved and published. Problems of single fields are shown at the fields. */
export function ChangeOutcome({ result }: { result: ActionResult<ConfigurationChangeOut> | null }) {
  if (result && !result.ok) {
    return result.errors.length === 0 ? (
      <FieldErrors errors={[result.message]} />
    ) : (
      <span role="status" className="text-xs text-danger-text">
        Nothing was saved: some fields need another look.
      </span>
    );
  }
  const events = result?.value.events ?? [];
  const link = publishedLink(events);
  const Icon = link ? CircleCheck : Info;
  return (
    <span role="status" className={result ? "min-w-0 flex-1 basis-64 text-xs text-muted" : undefined}>
      {result && (
        <span className="flex gap-1.5">
          <Icon
            aria-hidden
            className={link ? "mt-px size-3.5 shrink-0 text-success-text" : "mt-px size-3.5 shrink-0"}
          />
          <span className="min-w-0 wrap-anywhere">
            {link && <span className="text-success-text">Saved. </span>}
            {publishedText(events)} {link && <TextLink href={link.href}>{link.label}</TextLink>}
          </span>
        </span>
      )}
    </span>
  );
}
