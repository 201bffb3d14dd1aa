import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../src/catalog/compare.ts";
import type { Engine, Session } from "../../src/engines/engine.ts";
import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";
import type { Plan } from "../../src/plan/plan.ts";

/** Two schemas of which one is to become the other. */
export interface SchemaPair {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly roles: readonly string[];
  /** The tool that the pair comes from refuses it. */
  readonly expectsError: boolean;
}

/** How a pair went in one direction. */
export interface PairOutcome {
  readonly name: string;
  readonly result: "converged" | "refused" | "failed" | "differs" | "dump-differs" | "lost-rows";
  readonly detail: string;
  readonly plan: readonly string[];
}

/** The folder of the cases, or null where there is none; said loudly. */
export function casesFolder(): string | null {
  const folder = resolve(process.env["KEELSON_CASES"] ?? "../shared/cases");
  if (existsSync(folder)) return folder;
  console.warn(`No cases in ${folder}: the tests that need them are skipped (KEELSON_CASES names another folder).`);
  return null;
}

/** The pairs of schemas in `postgres-pairs.json`. */
export async function readPairs(folder: string): Promise<readonly SchemaPair[]> {
  const raw = JSON.parse(await readFile(join(folder, "postgres-pairs.json"), "utf8")) as {
    readonly cases: readonly {
      readonly name: string;
      readonly from: string;
      readonly to: string;
      readonly roles: readonly string[];
      readonly expects_error: boolean;
    }[];
  };
  return raw.cases.map(({ expects_error, ...pair }) => ({ ...pair, expectsError: expects_error }));
}

/** The real schemas of one dialect: system, version (oldest first) and SQL. */
export async function readSystems(
  folder: string,
  dialect: "postgres" | "sqlite",
): Promise<readonly { readonly system: string; readonly version: string; readonly sql: string }[]> {
  const systems: { system: string; version: string; sql: string }[] = [];
  const readme = await readFile(join(folder, "README.md"), "utf8");
  for (const system of (await readdir(join(folder, "real", dialect))).sort()) {
    const files = await readdir(join(folder, "real", dialect, system));
    const versions = files.map((file) => file.replace(/\.sql$/, ""));
    const line = readme.split("\n").find((row) => row.startsWith(`| ${system}`)) ?? "";
    versions.sort((a, b) => place(line, a) - place(line, b));
    for (const version of versions) {
      systems.push({
        system,
        version,
        sql: await readFile(join(folder, "real", dialect, system, `${version}.sql`), "utf8"),
      });
    }
  }
  return systems;
}

function place(line: string, version: string): number {
  const words = line.split(/[\s,;|]+/);
  return words.indexOf(version);
}

const ledger = { schema: "keelson", prefix: "" };
let counter = 0;

/** A database on a server that a case works on. */
export interface CaseDatabase {
  readonly engine: Engine;
  readonly session: Session;
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes an empty database on the server of a superuser's URL. */
export async function caseDatabase(serverUrl: string): Promise<CaseDatabase> {
  const name = `case_${process.pid}_${++counter}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const engine = postgresEngine({ url: url.href, ledger });
  await engine.createDatabase();
  const session = await engine.open("write");
  return {
    engine,
    session,
    url: url.href,
    async drop() {
      await session.close();
      await engine.dropDatabase({ force: true });
    },
  };
}

/** Takes everything out of a database, which is much quicker than making another; roles stay. */
export async function emptied(database: CaseDatabase): Promise<CaseDatabase> {
  const { rows } = await database.session.query<{ readonly sql: string }>(`
SELECT 'DROP EXTENSION ' || quote_ident(extname) || ' CASCADE' AS sql FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'DROP SCHEMA ' || quote_ident(nspname) || ' CASCADE' FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`);
  await database.session.script([...rows.map(({ sql }) => sql), "CREATE SCHEMA public"]);
  return database;
}

/** Runs a whole script, as a person would with psql. */
export async function load(database: CaseDatabase, sql: string): Promise<void> {
  const statements = await database.engine.parse(sql);
  if (statements.length > 0) await database.session.script(statements.map((statement) => statement.sql));
  await database.session.reset();
}

/** Runs a plan as a revision would be run: in one transaction, but for what has to be committed before the rest. */
export async function runPlan({ engine, session }: CaseDatabase, plan: Plan): Promise<void> {
  const parsed = await engine.parse(plan.statements.map((statement) => `${statement.sql};`).join("\n"));
  let open: string[] = [];
  const commit = async (): Promise<void> => {
    if (open.length > 0) await session.script(["BEGIN", ...open, "COMMIT"]);
    open = [];
  };
  try {
    for (const { sql, mode } of parsed) {
      if (mode === "transactional") open.push(sql);
      else {
        await commit();
        await session.query(sql);
      }
    }
    await commit();
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

/** Takes a database to a catalog and judges by a second reading and by an independent dump. */
export async function convergeTo(
  database: CaseDatabase,
  goal: { readonly name: string; readonly catalog: Catalog; readonly dump: string | null },
): Promise<PairOutcome> {
  const { engine, session } = database;
  let statements: readonly string[] = [];
  const outcome = (result: PairOutcome["result"], detail = ""): PairOutcome => ({
    name: goal.name,
    result,
    detail,
    plan: statements,
  });
  try {
    const before = await engine.introspect(session);
    const plan = await engine.planChanges(before, goal.catalog);
    statements = plan.statements.map((statement) => statement.sql);
    await runPlan(database, plan);
  } catch (error) {
    const refused = error instanceof Error && "code" in error && error.code === "plan.impossible";
    return outcome(refused ? "refused" : "failed", error instanceof Error ? error.message : String(error));
  }
  const rest = compareCatalogs(await engine.introspect(session), goal.catalog);
  if (rest.length > 0) return outcome("differs", JSON.stringify(rest.slice(0, 4)));
  if (goal.dump === null) return outcome("converged");
  const dump = await dumpOf(database.url);
  return dump === goal.dump ? outcome("converged") : outcome("dump-differs", firstDifference(dump, goal.dump));
}

const run = promisify(execFile);
const pgDump = join(process.env["KEELSON_TEST_PG_BIN"] ?? "/usr/lib/postgresql/15/bin", "pg_dump");

/** Whether an independent dump can be made. */
export function hasDump(): boolean {
  return existsSync(pgDump);
}

/** What pg_dump says of a database, with the order of columns and of objects left out. */
export async function dumpOf(url: string): Promise<string> {
  const { stdout } = await run(pgDump, ["--schema-only", "--no-owner", "--no-privileges", url], { maxBuffer: 1 << 28 });
  const blocks: string[] = [];
  for (const block of stdout.split(/^--\n-- Name: .*\n--\n/m).slice(1)) {
    const lines = block
      .split("\n")
      .map((line) => line.trimEnd().replace(/,$/, ""))
      .filter((line) => line !== "" && !line.startsWith("--") && !line.startsWith("\\") && !line.startsWith("SET "));
    blocks.push(
      block.startsWith("\nCREATE TABLE") || block.startsWith("\nCREATE UNLOGGED TABLE")
        ? lines.sort().join("\n")
        : lines.join("\n"),
    );
  }
  return blocks.sort().join("\n\n");
}

function firstDifference(left: string, right: string): string {
  const rightBlocks = new Set(right.split("\n\n"));
  const leftBlocks = new Set(left.split("\n\n"));
  const extra = [...leftBlocks].filter((block) => !rightBlocks.has(block));
  const missing = [...rightBlocks].filter((block) => !leftBlocks.has(block));
  return `extra: ${extra.slice(0, 3).join(" | ")}\nmissing: ${missing.slice(0, 3).join(" | ")}`;
}
