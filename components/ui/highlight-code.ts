import "server-only";

import { createHighlighterCore, type HighlighterCore, type ThemeRegistration } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

export type CodeLanguage = keyof typeof languages;
/** A run of text and the class that colours it in both themes; null for plain. */
export type CodeToken = { text: string; className: string | null };

const languages = {
  json: () => import("@shikijs/langs/json"),
  bash: () => import("@shikijs/langs/bash"),
  http: () => import("@shikijs/langs/http"),
  javascript: () => import("@shikijs/langs/javascript"),
  typescript: () => import("@shikijs/langs/typescript"),
  python: () => import("@shikijs/langs/python"),
  go: () => import("@shikijs/langs/go"),
  ruby: () => import("@shikijs/langs/ruby"),
  php: () => import("@shikijs/langs/php"),
  java: () => import("@shikijs/langs/java"),
  csharp: () => import("@shikijs/langs/csharp"),
  rust: () => import("@shikijs/langs/rust"),
};

// Shiki hands out colours; ours are classes, so that both themes come from one rendering and no style attribute is
// written (a strict Content-Security-Policy refuses those). The colours below only name the roles.
const roles = {
  "#000002": "text-code-keyword",
  "#000003": "text-code-string",
  "#000004": "text-code-number",
  "#000005": "text-code-name",
  "#000006": "text-code-comment",
} as const;

const theme: ThemeRegistration = {
  name: "posthorn",
  type: "light",
  fg: "#000001",
  bg: "#000000",
  settings: [
    { settings: { foreground: "#000001" } },
    { scope: ["comment", "punctuation.definition.comment"], settings: { foreground: "#000006" } },
    { scope: ["keyword", "storage", "variable.language"], settings: { foreground: "#000002" } },
    { scope: ["keyword.operator", "punctuation"], settings: { foreground: "#000001" } },
    { scope: ["string", "punctuation.definition.string"], settings: { foreground: "#000003" } },
    { scope: ["constant", "support.constant"], settings: { foreground: "#000004" } },
    {
      scope: [
        "entity.name",
        "support.function",
        "support.type",
        "support.type.property-name",
        "meta.function-call",
      ],
      settings: { foreground: "#000005" },
    },
    // A key of JSON is a string to the grammar, with its own quotes.
    {
      scope: ["support.type.property-name.json", "punctuation.support.type.property-name"],
      settings: { foreground: "#000005" },
    },
  ],
};

let highlighter: Promise<HighlighterCore> | undefined;

/** Lines of tokens. Text that is too long to be worth it (100 KB) comes back plain. */
export async function highlightCode(code: string, language: CodeLanguage): Promise<CodeToken[][]> {
  if (code.length > 100_000) return code.split("\n").map((text) => [{ text, className: null }]);
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: Object.values(languages).map((load) => load()),
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const { tokens } = (await highlighter).codeToTokens(code, { lang: language, theme: "posthorn" });
  return tokens.map((line) =>
    line.map(({ content, color }) => ({
      text: content,
      className: roles[color as keyof typeof roles] ?? null,
    })),
  );
}
