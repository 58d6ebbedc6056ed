import "server-only";
import { Button, Link, Text } from "@react-email/components";
import type { NoticeText, NoticeTone } from "@/lib/domain/notice-text";
import { button, Facts, MailFrame, paragraph, Told } from "./mail-frame";

export interface NoticeLinks {
  /** The page that shows why: the endpoint with its failed attempts. */
  evidence: string;
  /** Where a member chooses which notices to receive. */
  preferences: string;
}

interface NoticeMailProps {
  notice: NoticeText;
  organizationName: string;
  links: NoticeLinks;
}

// The dashboard's colours (app/globals.css) as sRGB: mail programs know neither variables nor oklch.
const tones: Record<NoticeTone, { solid: string; text: string; soft: string; line: string }> = {
  success: { solid: "#2fa35f", text: "#1f6b3f", soft: "#eaf7ee", line: "#b9e2c6" },
  warning: { solid: "#dc9a1c", text: "#7a4f0c", soft: "#fdf4de", line: "#ecd296" },
  danger: { solid: "#d9363e", text: "#b3242d", soft: "#fdeeee", line: "#f4c3c4" },
};

/** What somebody is told about an endpoint. */
export function NoticeMail({ notice, organizationName, links }: NoticeMailProps) {
  const tone = tones[notice.tone];
  return (
    <MailFrame
      subject={notice.subject}
      preview={notice.reason}
      from={organizationName}
      heading={
        <>
          <span style={{ ...dot, backgroundColor: tone.solid }} /> {notice.heading}
        </>
      }
      footer={<Reason organizationName={organizationName} links={links} />}
    >
      <Text
        className={`note-${notice.tone}`}
        style={{ ...note, backgroundColor: tone.soft, border: `1px solid ${tone.line}`, color: tone.text }}
      >
        <Told text={notice.reason} />
      </Text>
      <Facts facts={notice.facts} />
      <Text className="fg" style={{ ...paragraph, margin: "20px 0" }}>
        <Told text={notice.next} />
      </Text>
      <Button className="action" href={links.evidence} style={button}>
        {notice.action}
      </Button>
    </MailFrame>
  );
}

function Reason({ organizationName, links }: Omit<NoticeMailProps, "notice">) {
  return (
    <>
      You receive this as an admin of {organizationName} or because you created the endpoint.{" "}
      <Link
        className="link"
        href={links.preferences}
        style={{ color: "#14666e", textDecoration: "underline" }}
      >
        Choose which notices you receive
      </Link>
    </>
  );
}

const dot = { display: "inline-block", width: 10, height: 10, borderRadius: 5, marginRight: 4 };
const note = {
  ...paragraph,
  margin: "0 0 16px",
  padding: "10px 14px",
  borderRadius: 8,
  wordBreak: "break-word" as const,
};
