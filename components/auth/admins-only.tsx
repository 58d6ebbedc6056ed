import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";

/** What a developer sees at an address that is an admin's. `what` is a plural: "API keys". */
export function AdminsOnly({ what }: { what: string }) {
  return (
    <MessagePage
      overline="403"
      title={`${what} are for admins`}
      actions={<LinkButton href="/">Go to the overview</LinkButton>}
    >
      Ask an admin of your organization to do it for you, or to make you an admin.
    </MessagePage>
  );
}
