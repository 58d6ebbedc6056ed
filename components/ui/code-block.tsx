import { CodeFrame, CodeLine, type CodeLook } from "@/components/ui/code-frame";
import { type CodeLanguage, highlightCode } from "@/components/ui/highlight-code";

type CodeBlockProps = CodeLook & { code: string; language: CodeLanguage };

/**
 * Highlighted code, on the server only (no highlighter in the browser): `<CodeBlock label="the receiver"
 * title="server.ts" language="typescript" code={…} />`. On the client use CodePre or JsonView.
 */
export async function CodeBlock({ code, language, ...look }: CodeBlockProps) {
  const text = code.replace(/\n$/, "");
  const lines = await highlightCode(text, language);
  return (
    <CodeFrame {...look} copyText={text}>
      <code>
        {lines.map((tokens, line) => (
          <CodeLine key={line} numbered={look.lineNumbers}>
            {tokens.map((token, index) =>
              token.className ? (
                <span key={index} className={token.className}>
                  {token.text}
                </span>
              ) : (
                token.text
              ),
            )}
          </CodeLine>
        ))}
      </code>
    </CodeFrame>
  );
}
