/** A link by which a password is chosen holds this long. */
export const passwordLinkMs = 3_600_000;

/** Links that are mailed to one person within an hour. */
export const passwordLinksPerHour = 3;
