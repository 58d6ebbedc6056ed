import { CodeFrame, CodeLine, type CodeLook } from "@/components/ui/code-frame";

/** Code as it is, without colours, anywhere: `<CodePre label="the command" text={curl} wrap />`. */
export function CodePre({ text, ...look }: CodeLook & { text: string }) {
  return (
    <CodeFrame {...look} copyText={text}>
      <code>
        {look.lineNumbers
          ? text.split("\n").map((line, index) => (
              <CodeLine key={index} numbered>
                {line}
              </CodeLine>
            ))
          : text}
      </code>
    </CodeFrame>
  );
}
