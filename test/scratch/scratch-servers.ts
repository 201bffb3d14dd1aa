import { afterAll } from "vitest";
import { openEngineAt } from "../../src/app/open.ts";
import { Secret } from "../../src/config/secret.ts";
import type { Engine } from "../../src/engines/engine.ts";
import type { Revision, RevisionBody, SqlSection } from "../../src/history/revision.ts";
import { memoryScratch } from "../../src/scratch/memory-scratch.ts";
import type { RevisionTexts } from "../../src/scratch/replay.ts";
import type { ScratchServer, ScratchWork } from "../../src/scratch/scratch-database.ts";
import { serverScratch } from "../../src/scratch/server-scratch.ts";
import type { DeclaredSchema, DeclaredStatement } from "../../src/sources/declared-schema.ts";
import { sharedServer } from "../support/postgres.ts";

const open: ScratchServer[] = [];

afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const settings = {
  root: "/",
  ledger: { schema: "keelson", prefix: "", history: "default" },
  pgVariables: new Secret<Readonly<Record<string, string>>>({}),
  runLockTimeoutMs: 1000,
};

/** The engine for a URL, with the settings of no project. */
export async function engineAt(url: string, extensions: readonly string[] = []): Promise<Engine> {
  return await openEngineAt({ url, source: "a test", extensions }, { settings });
}

/** Scratch databases on the server that the whole run shares; closed when the test file ends. */
export async function sharedScratch(options: { readonly url?: string } = {}): Promise<ScratchServer> {
  const engine = await engineAt(options.url ?? sharedServer().url());
  const label = "PostgreSQL 15 (shared)";
  return closedLater(serverScratch({ engine, label, version: "15", identity: "shared", own: false }));
}

/** Scratch databases of SQLite in memory; closed when the test file ends. */
export function sqliteScratch(): ScratchServer {
  return closedLater(
    memoryScratch({
      dialect: "sqlite",
      label: "SQLite",
      version: "3",
      identity: "sqlite",
      extensions: [],
      open: () => engineAt("sqlite::memory:"),
    }),
  );
}

/** A scratch server that counts the databases it makes; it is that server in everything else. */
export function counted(
  server: ScratchServer,
): ScratchServer & { readonly created: readonly string[]; readonly left: () => number } {
  const created: string[] = [];
  let dropped = 0;
  return {
    ...server,
    created,
    left: () => created.length - dropped,
    async create(work?: ScratchWork) {
      created.push(work?.text ?? "");
      const database = await server.create(work);
      const drop = async () => {
        dropped++;
        await database.drop();
      };
      return { ...database, drop };
    },
  };
}

function closedLater(server: ScratchServer): ScratchServer {
  open.push(server);
  return server;
}

/** A declared schema of SQL statements, each on a line of its own of `schema.sql`. */
export function declared(...statements: readonly string[]): DeclaredSchema {
  return {
    statements: statements.map((sql, index) => statement(sql, index + 1)),
    files: ["schema.sql"],
    tables: [],
    text: statements.join(";\n"),
  };
}

/** One statement of `schema.sql`. */
export function statement(sql: string, line: number | null = 1, subject: string | null = null): DeclaredStatement {
  return { sql, origin: "schema.sql", line, subject };
}

/** A revision file in a test: its name, and its SQL. */
export interface RevisionDraft {
  readonly id: string;
  readonly up: string;
  readonly down?: string;
  readonly verify?: string;
  readonly parents?: readonly string[];
  readonly transaction?: "auto" | "none";
}

/** Revisions, each the child of the one before unless it names its parents, with their texts. */
export function revisions(...drafts: readonly RevisionDraft[]): {
  readonly revisions: readonly Revision[];
  readonly bodies: RevisionTexts;
} {
  const made = drafts.map((draft, sequence): Revision => {
    const before = drafts[sequence - 1];
    return {
      id: draft.id,
      parents: draft.parents ?? (before === undefined ? [] : [before.id]),
      dependsOn: [],
      labels: [],
      message: draft.id,
      created: null,
      transaction: draft.transaction ?? "auto",
      sequence,
      file: `${draft.id}.sql`,
      checksum: `checksum of ${draft.up}`,
      hasDown: draft.down !== undefined,
      format: "sql",
    };
  });
  const bodyOf = (revision: Revision): RevisionBody => {
    const draft = drafts.find(({ id }) => id === revision.id);
    if (draft === undefined) throw new Error(`no revision ${revision.id}`);
    return body(draft);
  };
  return {
    revisions: made,
    bodies: {
      readBody: async (revision) => bodyOf(revision),
      readSource: async (revision) => bodyOf(revision).up.sql,
    },
  };
}

/** The sections of a draft, as if they stood in its file: up from line 3, down from line 23, verify from line 43. */
export function body(draft: Omit<RevisionDraft, "parents">): RevisionBody {
  const section = (sql: string | undefined, firstLine: number): SqlSection | null =>
    sql === undefined ? null : { sql, file: `${draft.id}.sql`, firstLine };
  return {
    up: section(draft.up, 3) ?? { sql: "", file: "", firstLine: 1 },
    down: section(draft.down, 23),
    verify: section(draft.verify, 43),
  };
}
