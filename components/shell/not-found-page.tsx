import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";

/** `framed` for what is missing within the dashboard, whose navigation then stays. */
export function NotFoundPage({ framed }: { framed?: boolean | undefined }) {
  return (
    <MessagePage
      framed={framed}
      overline="404"
      title="Nothing is delivered to this address"
      actions={<LinkButton href="/">Go to the overview</LinkButton>}
    >
      The page does not exist, was deleted, or belongs to another organization than yours.
    </MessagePage>
  );
}
