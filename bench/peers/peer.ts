import type { Command } from "../harness/command.ts";

/** Where a tool is to work. */
export type Database =
  | { readonly kind: "postgres"; readonly url: string }
  | { readonly kind: "sqlite"; readonly file: string };

/** A tool that applies a folder of revisions. */
export interface Peer {
  readonly name: string;
  /** What a reader must know to compare it fairly: where it commits, what it leaves out. */
  readonly note: string;
  readonly databases: readonly Database["kind"][];
  /** Makes the tool ready, once; gives what is missing, in words, where it can't be. */
  readonly missing: () => Promise<string | null>;
  /** Writes revisions in the tool's own layout, each creating one table. */
  readonly write: (folder: string, tables: readonly Table[]) => Promise<void>;
  /** Applies them all. */
  readonly apply: (folder: string, database: Database) => Command;
}

/** One table of a synthetic history. */
export interface Table {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly create: string;
  readonly drop: string;
  /** 14 digits, growing with `number`. */
  readonly timestamp: string;
}

/** The tables that every contender creates, one a revision. */
export function tables(count: number): readonly Table[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const name = `t${String(number).padStart(5, "0")}`;
    const timestamp = new Date(Date.UTC(2025, 0, 1) + number * 60_000)
      .toISOString()
      .slice(0, 19)
      .replaceAll(/[-:T]/g, "");
    return {
      number,
      name,
      create: `CREATE TABLE ${name} (id int PRIMARY KEY);`,
      drop: `DROP TABLE ${name};`,
      timestamp,
    };
  });
}

/** The parts of a PostgreSQL URL. */
export function partsOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}
