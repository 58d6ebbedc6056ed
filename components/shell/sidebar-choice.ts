/** The reader's choice for the sidebar of a wide window: words, or a rail of icons. */
export type SidebarChoice = "wide" | "rail";

/** A cookie and not local storage, so that the server renders the right width and nothing moves. */
export const sidebarCookie = "posthorn-sidebar";

export function parseSidebarChoice(cookieValue: string | undefined): SidebarChoice {
  return cookieValue === "rail" ? "rail" : "wide";
}
