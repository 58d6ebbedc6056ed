import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";

/** What a member sees at an address that needs another role than theirs. */
export default function Forbidden() {
  return (
    <MessagePage
      framed
      overline="403"
      title="This page is for another role"
      actions={<LinkButton href="/">Go to the overview</LinkButton>}
    >
      Admins look after members, API keys and settings of an organization; operators after the whole instance.
      Ask one of them to do it for you, or to give you the role.
    </MessagePage>
  );
}
