import "server-only";
import { render } from "@react-email/components";
import type { NoticeText } from "@/lib/domain/notice-text";
import { NoticeMail, type NoticeLinks } from "./notice-mail";

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** A notice as HTML and, from the same tree, as text for programs and people that prefer it. */
export async function renderNotice(
  notice: NoticeText,
  organizationName: string,
  links: NoticeLinks,
): Promise<RenderedMail> {
  const mail = <NoticeMail notice={notice} organizationName={organizationName} links={links} />;
  const [html, text] = await Promise.all([
    render(mail),
    render(mail, {
      plainText: true,
      htmlToTextOptions: {
        wordwrap: 76,
        selectors: [
          { selector: "h1", options: { uppercase: false } },
          { selector: "a", options: { linkBrackets: false } },
        ],
      },
    }),
  ]);
  return { subject: notice.subject, html, text };
}
