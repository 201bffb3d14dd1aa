import { join } from "node:path";
import { type ProjectOptions, withProject, withReadSession } from "../../src/app/project.ts";
import { catalogText } from "../../src/catalog/compare.ts";
import type { EngineName } from "../../src/engines/engine.ts";
import type { ProgressEvent } from "../../src/progress/events.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";

type Row = Readonly<Record<string, unknown>>;

/** A project on one engine, ready to be handed to any verb. */
export interface MigrateProject extends TestProject {
  readonly url: string;
  readonly options: ProjectOptions;
  readonly events: ProgressEvent[];
  /** Rows of a query on the live database. */
  rows(sql: string): Promise<readonly Row[]>;
  /** Changes the live database by hand. */
  execute(...statements: readonly string[]): Promise<void>;
  /** Ids in the ledger, sorted. */
  applied(): Promise<readonly string[]>;
  /** Ids of the objects in the live catalog. */
  objects(): Promise<readonly string[]>;
  /** The canonical text of the live catalog. */
  catalog(): Promise<string>;
}

/** The engines that a verb opens in no time. */
export const quickEngines: readonly EngineName[] = ["sqlite", "postgres"];

/**
 * The engines that every behaviour of the runner is tested on. Each verb opens PGlite anew, which takes most of a second,
 * so all behaviours together are left to the long suite; the default suite has `pglite.test.ts`.
 */
export const engines: readonly EngineName[] = process.env["KEELSON_TEST_LONG"] === "1" ? ["pglite"] : quickEngines;

/** Makes a project with these revision files on a new database of an engine, or on the database that `url` names. */
export async function migrateProject(
  engine: EngineName,
  revisions: Readonly<Record<string, string>>,
  place: { readonly url?: string; readonly config?: string } = {},
): Promise<MigrateProject> {
  const files = Object.fromEntries(Object.entries(revisions).map(([name, text]) => [`migrations/${name}`, text]));
  const config = place.config === undefined ? {} : { config: place.config };
  const project = await makeProject({ files: { "migrations/.keep": "", ...files }, ...config });
  const url = place.url ?? (await newDatabase(engine, project.root));
  const events: ProgressEvent[] = [];
  const options: ProjectOptions = { cwd: project.root, url, on: (event) => events.push(event) };
  const introspected = () =>
    withProject(options, ({ engine }) => withReadSession(engine, (session) => engine.introspect(session)));
  return {
    ...project,
    url,
    options,
    events,
    rows: (sql) =>
      withProject(
        options,
        async ({ engine }) => (await withReadSession(engine, async (session) => (await session.query(sql)).rows)) ?? [],
      ),
    execute: (...statements) =>
      withProject(options, async ({ engine }) => {
        const session = await engine.open("write");
        try {
          for (const statement of statements) await session.query(statement);
        } finally {
          await session.close();
        }
      }),
    applied: () => withProject(options, async (opened) => [...(await opened.ledger()).applied].sort()),
    objects: async () => ((await introspected())?.objects ?? []).map((object) => object.id),
    catalog: async () => {
      const catalog = await introspected();
      return catalog === null ? "[]" : catalogText(catalog);
    },
  };
}

/** The name of one of the ledger's tables on an engine. */
export function ledgerTable(engine: EngineName, name: string): string {
  return engine === "sqlite" ? `keelson_${name}` : `keelson.${name}`;
}

async function newDatabase(engine: EngineName, root: string): Promise<string> {
  switch (engine) {
    case "postgres":
      return await freshDatabase();
    case "pglite":
      return `pglite:${join(root, "pglite")}`;
    case "sqlite":
      return `sqlite:${join(root, "app.db")}`;
  }
}
