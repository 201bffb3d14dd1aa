import { KeelsonError } from "../../../errors.ts";
import type { Session } from "../../engine.ts";

/** A session of a server or of PGlite, with what the engine itself needs to know of it. */
export interface PostgresSession extends Session {
  /** For example 150018, as `server_version_num`. */
  readonly serverVersion: number;
  /** The version as the server prints it, for example `15.18`. */
  readonly serverVersionText: string;
  /** Whether a transaction is open, also one that failed. */
  readonly inTransaction: boolean;
  /** The role that connected. */
  readonly user: string;
}

/** The session as one of this engine's; a session of another engine is a mistake of the program. */
export function asPostgresSession(session: Session): PostgresSession {
  if ("serverVersion" in session && "inTransaction" in session) return session as PostgresSession;
  throw new KeelsonError("internal", "A session of another engine was handed to the PostgreSQL engine.");
}

/** `150018` of `15.18`, `180000` of `18beta1`. */
export function versionNumber(text: string): number {
  const [, major = "0", minor = "0"] = /^(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return Number(major) * 10_000 + Number(minor);
}
