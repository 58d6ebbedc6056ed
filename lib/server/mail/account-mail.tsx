import "server-only";
import { Button, Text } from "@react-email/components";
import type { AccountMailText } from "@/lib/domain/account-mail-text";
import { button, Facts, MailFrame, paragraph, Told } from "./mail-frame";

/** What somebody is told about an account of their own, or one that they may make. `instance` is the host under which it is known. */
export function AccountMail({ mail, instance }: { mail: AccountMailText; instance: string }) {
  return (
    <MailFrame
      subject={mail.subject}
      preview={mail.what}
      from={instance}
      heading={mail.heading}
      footer={mail.why}
    >
      <Text className="fg" style={{ ...paragraph, margin: "0 0 12px" }}>
        {mail.what}
      </Text>
      <Facts facts={mail.facts} />
      <Text className="fg" style={{ ...paragraph, margin: "20px 0" }}>
        <Told text={`${mail.next} ${mail.otherwise}`} />
      </Text>
      <Button className="action" href={mail.action.href} style={button}>
        {mail.action.label}
      </Button>
    </MailFrame>
  );
}
