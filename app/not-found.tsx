import type { Metadata } from "next";
import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      overline="404"
      title="Nothing is delivered to this address"
      actions={<LinkButton href="/">Go to the overview</LinkButton>}
    >
      The page does not exist, was deleted, or belongs to another organization than yours.
    </MessagePage>
  );
}
