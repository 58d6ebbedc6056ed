/** The meanings a colour may have. A page chooses the meaning; which colour that is, globals.css decides. */
export type Tone = "neutral" | "success" | "danger" | "warning" | "info" | "accent";

/** Tinted surface with readable text and border: badges, callouts. */
export const softTone: Record<Tone, string> = {
  neutral: "bg-sunken text-muted border-line dark:bg-hover dark:border-line-strong",
  success: "bg-success-soft text-success-text border-success-line",
  danger: "bg-danger-soft text-danger-text border-danger-line",
  warning: "bg-warning-soft text-warning-text border-warning-line",
  info: "bg-info-soft text-info-text border-info-line",
  accent: "bg-accent-soft text-accent-text border-accent-line",
};

/** Full colour for dots and bars, also where the system forces its own; never behind text. */
export const solidTone: Record<Tone, string> = {
  neutral: "bg-neutral forced-color-adjust-none",
  success: "bg-success forced-color-adjust-none",
  danger: "bg-danger forced-color-adjust-none",
  warning: "bg-warning forced-color-adjust-none",
  info: "bg-info forced-color-adjust-none",
  accent: "bg-accent forced-color-adjust-none",
};

/** Readable text on any surface. */
export const textTone: Record<Tone, string> = {
  neutral: "text-muted",
  success: "text-success-text",
  danger: "text-danger-text",
  warning: "text-warning-text",
  info: "text-info-text",
  accent: "text-accent-text",
};
