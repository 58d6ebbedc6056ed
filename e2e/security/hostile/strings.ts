/** Sets `window.ran` wherever it is taken for script. */
const script = "window.ran=1";

/** Texts that do harm where somebody forgets what they are. Each holds `hostile`, by which it is found again. */
export const hostileTexts = {
  html: `hostile<img src=x onerror="${script}"><script>${script}</script>`,
  breakout: `hostile</script></title></style>--><svg onload=${script}>`,
  attribute: `hostile" onmouseover="${script}" autofocus onfocus='${script}' x="`,
  address: `hostile javascript:${script} data:text/html,<script>${script}</script>`,
  terminal: "hostile\u001b[31m\u001b]0;owned\u0007\u009b2J",
  direction: "hostile\u202egpj.exe\u2066\u200f",
  lines: "hostile\r\nBcc: victim@example.com\r\n\r\n<b>body</b>",
  nul: "hostile\u0000end",
  surrogate: "hostile\ud800end",
  combining: `hostile${"\u0336\u0489".repeat(60)}`,
  unbroken: `hostile${"W".repeat(80)}`,
} as const;

export type HostileText = keyof typeof hostileTexts;

/** Those that may be shown: what a field refuses is seen in its refusal. */
export const shownTexts = ["html", "breakout", "attribute", "unbroken"] as const satisfies HostileText[];
