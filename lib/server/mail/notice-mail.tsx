import "server-only";
import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Row,
  Section,
  Text,
} from "@react-email/components";
import type { NoticeText, NoticeTone } from "@/lib/domain/notice-text";

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

const sans = "ui-sans-serif, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const mono = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";

// The dashboard's colours (app/globals.css) as sRGB: mail programs know neither variables nor oklch.
const tones: Record<NoticeTone, { solid: string; text: string; soft: string; line: string }> = {
  success: { solid: "#2fa35f", text: "#1f6b3f", soft: "#eaf7ee", line: "#b9e2c6" },
  warning: { solid: "#dc9a1c", text: "#7a4f0c", soft: "#fdf4de", line: "#ecd296" },
  danger: { solid: "#d9363e", text: "#b3242d", soft: "#fdeeee", line: "#f4c3c4" },
};

/** Where a program follows the reader's dark mode, classes take over from the inline colours. */
const darkMode = `
  @media (prefers-color-scheme: dark) {
    .canvas, .canvas > table > tbody > tr > td { background-color: #0f0f0e !important; }
    .card { background-color: #171716 !important; border-color: #2a2a28 !important; }
    .fg { color: #eeeeec !important; }
    .muted { color: #a9a9a4 !important; }
    .rule { border-color: #2a2a28 !important; }
    .action { background-color: #6fb0b8 !important; color: #0d1a1c !important; }
    .link { color: #8ac5cb !important; }
    .note-success { background-color: #14261b !important; border-color: #284a35 !important; color: #9ad9b0 !important; }
    .note-warning { background-color: #2b2112 !important; border-color: #4d3b1c !important; color: #f0c987 !important; }
    .note-danger { background-color: #321b1b !important; border-color: #5a2c2c !important; color: #f5a9a6 !important; }
  }
  @media (max-width: 480px) {
    .fact-label, .fact-value { display: block !important; width: 100% !important; }
    .fact-label { padding-bottom: 0 !important; }
    .card { padding: 24px 20px !important; }
  }`;

/** One notice as HTML that mail programs agree on: tables, inline styles, nothing loaded from anywhere. */
export function NoticeMail({ notice, organizationName, links }: NoticeMailProps) {
  const tone = tones[notice.tone];
  return (
    <Html lang="en">
      <Head>
        <title>{notice.subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style dangerouslySetInnerHTML={{ __html: darkMode }} />
      </Head>
      <Preview>{notice.reason}</Preview>
      <Body
        className="canvas"
        style={{ margin: 0, padding: "24px 12px", backgroundColor: "#f6f6f4", fontFamily: sans }}
      >
        <Container style={{ maxWidth: 560, margin: "0 auto" }}>
          <Text className="muted" style={{ ...small, margin: "0 4px 12px", fontWeight: 600 }}>
            Posthorn <span style={{ fontWeight: 400 }}>· {organizationName}</span>
          </Text>
          <Section className="card" style={card}>
            <Heading as="h1" className="fg" style={heading}>
              <span style={{ ...dot, backgroundColor: tone.solid }} /> {notice.heading}
            </Heading>
            <Text
              className={`note-${notice.tone}`}
              style={{
                ...note,
                backgroundColor: tone.soft,
                border: `1px solid ${tone.line}`,
                color: tone.text,
              }}
            >
              {notice.reason}
            </Text>
            <Facts facts={notice.facts} />
            <Text className="fg" style={{ ...paragraph, margin: "20px 0" }}>
              {notice.next}
            </Text>
            <Button className="action" href={links.evidence} style={button}>
              {notice.action}
            </Button>
          </Section>
          <Footer organizationName={organizationName} links={links} />
        </Container>
      </Body>
    </Html>
  );
}

function Facts({ facts }: { facts: NoticeText["facts"] }) {
  return facts.map(({ label, value }) => (
    <Row key={label}>
      <Column className="muted fact-label" style={{ ...fact, width: 140, color: "#63635e" }}>
        {label}
        {/* Only the text version, made from this tree, has no columns to tell the two apart. */}
        <span style={{ display: "none" }}>: </span>
      </Column>
      <Column className="fg fact-value" style={{ ...fact, color: "#1d1d1b", wordBreak: "break-word" }}>
        <span
          style={
            label === "Endpoint" ? { fontFamily: mono, fontSize: 12.5, wordBreak: "break-all" } : undefined
          }
        >
          {value}
        </span>
      </Column>
    </Row>
  ));
}

function Footer({ organizationName, links }: Omit<NoticeMailProps, "notice">) {
  return (
    <>
      <Hr className="rule" style={{ margin: "24px 4px 12px", border: 0, borderTop: "1px solid #e6e6e2" }} />
      <Text className="muted" style={{ ...small, margin: "0 4px" }}>
        You receive this as an admin of {organizationName} or because you created the endpoint.{" "}
        <Link
          className="link"
          href={links.preferences}
          style={{ color: "#14666e", textDecoration: "underline" }}
        >
          Choose which notices you receive
        </Link>
      </Text>
    </>
  );
}

const small = { fontSize: 12.5, lineHeight: "18px", color: "#63635e" };
const paragraph = { fontSize: 14, lineHeight: "21px", color: "#1d1d1b" };
const card = {
  padding: "28px 28px 32px",
  backgroundColor: "#ffffff",
  border: "1px solid #e6e6e2",
  borderRadius: 10,
};
const heading = { margin: "0 0 16px", fontSize: 18, lineHeight: "26px", fontWeight: 600, color: "#1d1d1b" };
const dot = { display: "inline-block", width: 10, height: 10, borderRadius: 5, marginRight: 4 };
const note = {
  ...paragraph,
  margin: "0 0 16px",
  padding: "10px 14px",
  borderRadius: 8,
  wordBreak: "break-word" as const,
};
const fact = { ...paragraph, padding: "5px 8px 5px 0", fontSize: 13, verticalAlign: "top" as const };
const button = {
  padding: "10px 16px",
  borderRadius: 7,
  backgroundColor: "#146a72",
  color: "#ffffff",
  fontSize: 14,
  fontWeight: 500,
};
