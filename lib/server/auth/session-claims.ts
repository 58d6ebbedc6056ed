import "server-only";

/** What a session's token says; all of it is checked against the database on every request. */
export interface SessionClaims {
  /** UUID. */
  userId: string;
  /** UUID of the organization the person works in. */
  organizationId: string;
  /** The user's session version at sign-in: raising it ends the session. */
  sessionVersion: number;
}

declare module "next-auth" {
  interface Session {
    claims?: SessionClaims;
    sessionId?: string;
    signedInAt?: number;
  }
  interface User {
    claims?: SessionClaims;
    /** As sign-in-providers.ts makes them of a provider's words. */
    verifiedEmail?: string | null;
    firstName?: string;
    lastName?: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    claims?: SessionClaims;
    /** UUID of this session, by which it is ended: the cookie can be copied, and a copy goes on. */
    sessionId?: string;
    /** Milliseconds since 1970. */
    signedInAt?: number;
  }
}
