import { relative } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import type { Settings } from "../config/settings.ts";
import type { Dialect, Engine } from "../engines/engine.ts";
import { buildHistory, type History } from "../history/graph.ts";
import type { Revision, RevisionBody, TransactionMode } from "../history/revision.ts";
import { type RevisionFolder, readRevisionFolder } from "../revisions/read-folder.ts";
import { elaborate } from "../scratch/elaborate.ts";
import { type ProvableRevision, sqlRevision } from "../scratch/prove.ts";
import type { ReplayRequest } from "../scratch/replay.ts";
import type { StartingPoint, Workbench } from "../scratch/workbench.ts";
import type { DeclaredSchema } from "../sources/declared-schema.ts";
import { codeReplay, provableCode } from "./code-revisions.ts";
import { databaseStatements } from "./database-statements.ts";
import { readDeclaredSchema } from "./declared-schema.ts";
import { openEngineAt } from "./open.ts";
import { withWorkbench } from "./open-scratch.ts";
import type { Project } from "./project.ts";
import { type ProofReport, toProofReport } from "./proof-report.ts";

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
  readonly transaction: TransactionMode;
}

/** The scratch work of one verb in one dialect. */
export interface SchemaWork {
  readonly dialect: Dialect;
  /** The scratch server's label. */
  readonly scratch: string;
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
  databaseSide(engine: Engine): Promise<SchemaSide>;
  /** Both catalogs of a comparison, over as few scratch databases as possible. */
  catalogs(
    side: SchemaSide,
    declared: DeclaredSchema,
  ): Promise<{ readonly current: Catalog; readonly desired: Catalog }>;
  /** What a side becomes when some statements ran on it. */
  after(side: SchemaSide, statements: readonly string[]): Promise<Catalog>;
  /** Proves sections that have no file yet. */
  prove(side: SchemaSide, proof: BodyToProve): Promise<ProofReport>;
  /** Proves a revision of the folder on top of what it needs; where it leads is not compared with anything. */
  proveRevision(side: SchemaSide, revision: Revision): Promise<ProofReport>;
}

/** The dialects that a new revision is written for: those of the configuration, else those that the folder's files have. */
export async function projectDialects(project: Project): Promise<readonly Dialect[]> {
  if (project.settings.engines.length > 0) return project.settings.engines;
  const { dialects } = (await project.folder()).layout;
  return dialects.length > 0 ? dialects : [project.engine.dialect];
}

/** Opens the scratch work of several dialects for the time of one piece of work and closes it whatever happens. */
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

/** The same for one dialect. */
export async function withSchemaWork<Result>(
  project: Project,
  dialect: Dialect,
  work: (work: SchemaWork) => Promise<Result>,
): Promise<Result> {
  const { settings } = project;
  const isLive = project.engine.dialect === dialect;
  // Planning reaches no database, so any engine of the dialect will do.
  const planner = isLive ? project.engine : await openEngineAt(inMemory[dialect], { settings });
  try {
    const folder = isLive ? await project.folder() : await readOtherFolder(project, dialect);
    const history = buildHistory(folder.revisions);
    return await withWorkbench({ settings, engine: planner }, (bench) =>
      work(makeSchemaWork({ project, dialect, bench, planner, folder, history })),
    );
  } finally {
    if (!isLive) await planner.close();
  }
}

const inMemory = {
  postgres: { url: "pglite::memory:", source: "Keelson itself" },
  sqlite: { url: "sqlite::memory:", source: "Keelson itself" },
} as const;

async function readOtherFolder(project: Project, dialect: Dialect): Promise<RevisionFolder> {
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
  const provable = async (revision: Revision): Promise<ProvableRevision> => {
    const { transaction, id } = revision;
    if (revision.format === "ts") return await provableCode(folder, revision);
    return sqlRevision(await folder.readBody(revision), { transaction, id });
  };
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
      const replay: ReplayRequest = {
        history,
        bodies: folder,
        runCode: codeReplay(folder),
        upTo: upTo.flatMap((id) => history.get(id) ?? []),
      };
      return { name: "the history", unmanaged: [], catalog: () => bench.current(replay), start: { replay } };
    },
    async databaseSide(engine) {
      working(`Reading ${engine.label}`);
      const { live, statements } = await databaseStatements(engine, await empty());
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
    async prove(side, { current, desired, body, transaction }) {
      const revision = sqlRevision(body, { transaction, id: null });
      return toProofReport(dialect, await bench.prove(side.start, { current, desired, revision }), settings.postgres);
    },
    async proveRevision(side, revision) {
      const request = { current: await side.catalog(), desired: null, revision: await provable(revision) };
      return toProofReport(dialect, await bench.prove(side.start, request), settings.postgres);
    },
  };
}

function onlyFile(file: string, { root }: Settings): Settings["schema"] {
  const source = [{ kind: "files", path: relative(root, file), casing: null }] as const;
  return { postgres: source, sqlite: source };
}

const nothingDeclared: DeclaredSchema = { statements: [], files: [], tables: [], text: "" };
