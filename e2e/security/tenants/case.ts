import type { ActionInput } from "../../fixtures/server-actions.ts";
import type { Belongings } from "./belongings.ts";

/**
 * What another organization is told: that there is no such thing (404), that it may not be named here (422), or only
 * of what is its own. `theirs` are the owner's ids, `own` those of whoever asks.
 */
export type Told = 404 | 422 | "own";

/** Who may do it at all, beside those who are told that it is not there. */
export type Right = "admin" | "operator" | undefined;

export interface RequestTry {
  /** Below `/api/v1` for the REST API. */
  path: (theirs: Belongings, own: Belongings) => string;
  body?: (theirs: Belongings, own: Belongings) => unknown;
  told: Told;
  right?: Right;
  /** In the end whoever owns it asks for it and gets it, unless that would be refused for another reason. */
  ownerGets?: false;
}

export interface ActionTry {
  input: (theirs: Belongings, own: Belongings) => ActionInput;
  told: Told;
  right?: Right;
  /** An answer that is a success and yet refuses each of several things. */
  refusesWithin?: (value: never) => boolean;
  ownerGets?: false;
  /** Ends the sessions of whoever calls it: only those who have none of their own try. */
  endsSession?: true;
}

/** Before sign-in: no session to check. Whoever has the token may do it, and nobody else. */
export interface GuestTry {
  guest: true;
  input: (theirs: Belongings) => ActionInput;
}

/** No tries, and why there is nothing to try. */
export interface NoIds {
  takesNoIds: string;
}
