import { relative } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import type { Settings } from "../config/settings.ts";
import type { Dialect, Engine, ReadingOptions } from "../engines/engine.ts";
import type { History } from "../history/graph.ts";
import type { Revision, RevisionBody } from "../history/revision.ts";
import { type RevisionFolder, readRevisionFolder } from "../revisions/read-folder.ts";
import { type BranchPair, compareOrders, type OrdersVerdict } from "../scratch/compare-orders.ts";
import { elaborate } from "../scratch/elaborate.ts";
import { readRows } from "../scratch/read-rows.ts";
import type { ReplayRequest } from "../scratch/replay.ts";
import type { ScratchServer } from "../scratch/scratch-database.ts";
import type { StartingPoint, Workbench } from "../scratch/workbench.ts";
import { type DeclaredSchema, nothingDeclared } from "../sources/declared-schema.ts";
import { codeReplay, provableCode } from "./code-revisions.ts";
import { databaseStatements } from "./database-statements.ts";
import { readDeclaredSchema } from "./declared-schema.ts";
import { withExternalSchema } from "./external-schema.ts";
import { openEngineAt } from "./open.ts";
import { type WhichScratch, withWorkbench } from "./open-scratch.ts";
import type { Project } from "./project.ts";
import { type ServerProof, toServerProof, unreachedProof } from "./proof-report.ts";
import { type ProvableModes, provableSql } from "./provable-sql.ts";
import { fileHistory } from "./standing.ts";

/** A schema to compare with: how its catalog is read on the scratch server, and how a database is brought to it. */
export interface SchemaSide {
  /** For messages, without secrets. */
  readonly name: string;
  /** What a database has that is not read, so that the scratch server does not have it either. */
  readonly unmanaged: readonly string[];
  catalog(): Promise<Catalog>;
  readonly start: StartingPoint;
}

/** A revision's body to be proven between two catalogs. */
export interface BodyToProve {
  readonly current: Catalog;
  readonly desired: Catalog | null;
  readonly body: RevisionBody;
  readonly modes: Omit<ProvableModes, "id">;
}

/** The scratch work of one verb in one dialect. */
export interface SchemaWork {
  readonly dialect: Dialect;
  /** The scratch server's label. */
  readonly scratch: string;
  /** The scratch server's PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  /** Plans changes between catalogs of the scratch server. */
  readonly planner: Engine;
  readonly folder: RevisionFolder;
  readonly history: History;
  /** Reads the schema sources, once. */
  declared(): Promise<DeclaredSchema>;
  /** Reads one `.sql` file, by its absolute path. */
  declaredIn(file: string): Promise<DeclaredSchema>;
  declaredSide(declared: DeclaredSchema, name: string): SchemaSide;
  /** What the history makes up to these revisions; none of them is the empty start. */
  historySide(upTo: readonly string[]): SchemaSide;
  /** What a database has now, made anew on the scratch server: two servers may print one schema differently. */
  databaseSide(engine: Engine, owners: NonNullable<ReadingOptions["owners"]>): Promise<SchemaSide>;
  /** Both catalogs of a comparison, over as few scratch databases as possible. */
  catalogs(
    side: SchemaSide,
    declared: DeclaredSchema,
  ): Promise<{ readonly current: Catalog; readonly desired: Catalog }>;
  /** What a side becomes when some statements ran on it. */
  after(side: SchemaSide, statements: readonly string[]): Promise<Catalog>;
  /** Proves sections that have no file yet. */
  prove(side: SchemaSide, proof: BodyToProve): Promise<ServerProof>;
  /** Announces revisions that will be proven one after the other, so that one scratch database will do for them. */
  expect(revisions: readonly Revision[]): Promise<void>;
  /**
   * Proves a revision of the folder on top of what it needs; where it leads is not compared with anything. The database
   * goes on to the next proof where that one builds on this revision.
   */
  proveRevision(revision: Revision): Promise<ServerProof>;
  /** Runs two branches in both orders and compares where they lead. */
  compareOrders(pair: BranchPair): Promise<OrdersVerdict>;
  /** Whether these revisions, run on an empty database, leave rows in any table. */
  leavesRows(revisions: readonly Revision[]): Promise<boolean>;
}

/** The dialects that a new revision is written for: those of the configuration, else those that the folder's files have. */
export async function projectDialects(project: Project): Promise<readonly Dialect[]> {
  if (project.settings.engines.length > 0) return project.settings.engines;
  const { dialects } = (await project.folder()).layout;
  return dialects.length > 0 ? dialects : [project.engine.dialect];
}

/**
 * Opens the scratch work of several dialects, on the servers that schemas are compared on, for the time of one piece of
 * work and closes it whatever happens.
 */
export async function withSchemaWorks<Result>(
  project: Project,
  dialects: readonly Dialect[],
  work: (works: readonly SchemaWork[]) => Promise<Result>,
): Promise<Result> {
  const [dialect, ...rest] = dialects;
  if (dialect === undefined) return await work([]);
  return await withSchemaWork(project, dialect, (one) =>
    withSchemaWorks(project, rest, (others) => work([one, ...others])),
  );
}

/** The same for one dialect, on one of its scratch servers. */
export async function withSchemaWork<Result>(
  project: Project,
  dialect: Dialect,
  work: (work: SchemaWork) => Promise<Result>,
  which: WhichScratch = { place: 0 },
): Promise<Result> {
  const { settings } = project;
  const isLive = project.engine.dialect === dialect;
  // Planning reaches no database, so any engine of the dialect will do.
  const planner = isLive ? project.engine : await openEngineAt(inMemory[dialect], { settings });
  try {
    const folder = await folderOf(project, dialect);
    const history = fileHistory(folder.revisions);
    const extend = (server: ScratchServer) =>
      withExternalSchema(server, { settings, engine: planner, signal: project.signal });
    const choice = { settings, engine: scratchEngine(project, dialect), which, extend };
    const doing = (bench: Workbench) => work(makeSchemaWork({ project, dialect, bench, planner, folder, history }));
    return await withWorkbench(choice, doing, project.on);
  } finally {
    if (!isLive) await planner.close();
  }
}

const inMemory = {
  postgres: { url: "pglite::memory:", source: "Keelson itself" },
  sqlite: { url: "sqlite::memory:", source: "Keelson itself" },
} as const;

/** What `scratch: "server"` would reach, and the dialect that scratch databases are to have. */
export function scratchEngine(project: Project, dialect: Dialect): Pick<Engine, "dialect" | "label"> {
  const { engine } = project;
  return engine.dialect === dialect ? engine : { dialect, label: inMemory[dialect].url };
}

/** The revisions of the project as one dialect has them. */
export async function folderOf(project: Project, dialect: Dialect): Promise<RevisionFolder> {
  if (project.engine.dialect === dialect) return await project.folder();
  return await readRevisionFolder({ directory: project.settings.migrations, dialect });
}

interface WorkParts {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly bench: Workbench;
  readonly planner: Engine;
  readonly folder: RevisionFolder;
  readonly history: History;
}

function makeSchemaWork(parts: WorkParts): SchemaWork {
  const { project, dialect, bench, planner, folder, history } = parts;
  const scratch = bench.server.label;
  const working = (doing: string): void => project.on({ event: "working", doing });
  let declared: Promise<DeclaredSchema> | undefined;
  const empty = (): Promise<Catalog> => bench.desired(nothingDeclared);
  const { settings, on, signal } = project;
  const reading = { settings, engine: planner, empty, on, signal };
  const declaredSide = (schema: DeclaredSchema, name: string): SchemaSide => ({
    name,
    unmanaged: [],
    catalog: () => bench.desired(schema),
    start: { make: async (database) => void (await elaborate(database, schema.statements)), text: schema.text },
  });
  return {
    dialect,
    scratch,
    version: bench.server.version,
    planner,
    folder,
    history,
    declared() {
      if (declared !== undefined) return declared;
      working("Reading the schema sources");
      declared = readDeclaredSchema(reading);
      return declared;
    },
    declaredIn: (file) =>
      readDeclaredSchema({ ...reading, settings: { ...settings, schema: onlyFile(file, settings) } }),
    declaredSide,
    historySide(upTo) {
      const revisions = upTo.flatMap((id) => history.get(id) ?? []);
      const replay = replayUpTo(parts, revisions);
      return { name: "the history", unmanaged: [], catalog: () => bench.current(replay), start: { replay } };
    },
    async databaseSide(engine, owners) {
      working(`Reading ${engine.label}`);
      const privileges = settings.privileges !== "ignored";
      const { live, statements } = await databaseStatements(engine, await empty(), { owners, privileges });
      const schema: DeclaredSchema = {
        statements: statements.map(({ sql, title }) => ({ sql, origin: engine.label, line: null, subject: title })),
        files: [],
        tables: live.objects.filter((object) => object.kind === "table").map((object) => object.name),
        text: JSON.stringify(statements.map(({ sql }) => sql)),
      };
      return { ...declaredSide(schema, engine.label), unmanaged: live.unmanaged };
    },
    async catalogs(side, schema) {
      working(`Comparing on ${scratch}`);
      if ("replay" in side.start) return await bench.catalogs(side.start.replay, schema);
      return { current: await side.catalog(), desired: await bench.desired(schema) };
    },
    after: (side, statements) => bench.after(side.start, statements),
    prove: (side, proof) => proveBody(bench, side, proof),
    async expect(revisions) {
      const texts: string[] = [];
      for (const revision of revisions) texts.push(await folder.readSource(revision));
      bench.expect(texts.join("\n"));
    },
    proveRevision: (revision) => proveRevision(parts, revision),
    compareOrders: (pair) => compareOrders(bench, replayUpTo(parts, []), pair),
    leavesRows: (revisions) =>
      bench.look({ ...replayUpTo(parts, []), inOrder: revisions }, async ({ engine, session }) => {
        const rows = await readRows(session, await engine.introspect(session));
        return rows.size > 0;
      }),
  };
}

function replayUpTo({ history, folder }: WorkParts, upTo: readonly Revision[]): ReplayRequest {
  return { history, bodies: folder, runCode: codeReplay(folder), upTo };
}

async function proveBody(bench: Workbench, side: SchemaSide, proof: BodyToProve): Promise<ServerProof> {
  const { current, desired, body, modes } = proof;
  const revision = provableSql(body, { ...modes, id: null });
  return toServerProof(await bench.prove(side.start, { current, desired, revision }));
}

async function proveRevision(parts: WorkParts, revision: Revision): Promise<ServerProof> {
  const { bench, folder, history } = parts;
  const { format } = revision;
  const replay = replayUpTo(parts, history.requirements(revision));
  try {
    const provable =
      format === "ts" ? await provableCode(folder, revision) : provableSql(await folder.readBody(revision), revision);
    const current = await bench.current(replay);
    const request = { current, desired: null, revision: provable };
    return toServerProof(await bench.prove({ replay }, request, replayUpTo(parts, [revision])));
  } catch (error) {
    return unreachedProof(error, { on: bench.server.label, version: bench.server.version });
  }
}

function onlyFile(file: string, { root }: Settings): Settings["schema"] {
  const source = [{ kind: "files", path: relative(root, file), casing: null }] as const;
  return { postgres: source, sqlite: source };
}
