import type { Dialect, Engine, Session } from "../engines/engine.ts";

/** A throw-away database that was made empty for one piece of work. */
export interface ScratchDatabase {
  readonly engine: Engine;
  /** The one session of the work; open until `drop`. */
  readonly session: Session;
  /** The label of its server, for messages. */
  readonly label: string;
  /** Nobody else uses the server, so a role that is missing may be made on it. */
  readonly ownsRoles: boolean;
  /** Whether it was started with the extensions that this SQL may ask for. */
  suits(text: string): boolean;
  /** Ends the session and removes the database; never fails because something of it is gone already. */
  drop(): Promise<void>;
}

/** What is known of the work before a scratch database is made for it. */
export interface ScratchWork {
  /** All SQL that will run, in any order: a server that loads extensions at its start loads those that are named here. */
  readonly text?: string;
}

/** Makes scratch databases of one kind: in the process, on a server of its own, or on one that the configuration names. */
export interface ScratchServer {
  readonly dialect: Dialect;
  /** For messages: `PostgreSQL 18 (PGlite)`, `PostgreSQL 15 at localhost:5433`, `SQLite 3.53`. */
  readonly label: string;
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  /** Equal exactly when catalogs elaborated on two scratch servers are comparable: product, full version, extensions. */
  readonly identity: string;
  create(work?: ScratchWork): Promise<ScratchDatabase>;
  /** Removes what is left of it; databases that were not dropped are gone after it. */
  close(): Promise<void>;
}
