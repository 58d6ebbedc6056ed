import "server-only";
import type { ReactElement } from "react";
import { render } from "@react-email/components";
import { type AccountMailText, instanceName } from "@/lib/domain/account-mail-text";
import type { NoticeText } from "@/lib/domain/notice-text";
import { AccountMail } from "./account-mail";
import { NoticeMail, type NoticeLinks } from "./notice-mail";

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** A notice as HTML and text. */
export function renderNotice(
  notice: NoticeText,
  organizationName: string,
  links: NoticeLinks,
): Promise<RenderedMail> {
  const mail = <NoticeMail notice={notice} organizationName={organizationName} links={links} />;
  return renderMail(notice.subject, mail);
}

/** A mail about the reader's own account as HTML and text. */
export function renderAccountMail(mail: AccountMailText, instanceUrl: string): Promise<RenderedMail> {
  return renderMail(mail.subject, <AccountMail mail={mail} instance={instanceName(instanceUrl)} />);
}

/** As HTML and, from the same tree, as text for programs and people that prefer it. */
async function renderMail(subject: string, mail: ReactElement): Promise<RenderedMail> {
  const [html, text] = await Promise.all([
    render(mail),
    render(mail, {
      plainText: true,
      htmlToTextOptions: {
        wordwrap: 76,
        selectors: [
          { selector: "h1", options: { uppercase: false } },
          { selector: "a", options: { linkBrackets: false } },
          { selector: "table.facts", format: "dataTable", options: { colSpacing: 2 } },
        ],
      },
    }),
  ]);
  return { subject, html, text };
}
