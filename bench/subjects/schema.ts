import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Bench, Subject } from "../harness/bench.ts";
import type { Command } from "../harness/command.ts";
import { type Contender, compare, ratio } from "../harness/compare.ts";
import { findProgram } from "../harness/find-program.ts";
import { type Goal, measurementTable, shorten } from "../harness/report.ts";
import { comparers } from "../peers/comparers.ts";

const readProgram = fileURLToPath(new URL("../programs/read-catalog.mjs", import.meta.url));

/** Reading a schema and comparing two of them, at sizes that hurt. */
export const schema: Subject = {
  name: "schema",
  summary: "reading and comparing large schemas, beside pg_dump, migra and Alembic",
  async run(bench) {
    const tables = bench.quick ? 500 : 5_000;
    for (const one of [largestReal(), { name: `${tables} generated tables`, sql: generatedSchema(tables) }]) {
      if (one === null)
        bench.say("left out: the largest real schema, which is not here (KEELSON_CASES names its folder)");
      else await measure(bench, one);
    }
  },
};

interface NamedSchema {
  readonly name: string;
  readonly sql: string;
}

/** What makes ten differences of several kinds in whatever schema. */
const tenChanges = `CREATE TABLE bench_new (id bigint PRIMARY KEY, note text);
CREATE INDEX bench_new_note ON bench_new (note);
CREATE VIEW bench_view AS SELECT id FROM bench_new;
CREATE TYPE bench_enum AS ENUM ('a', 'b');
CREATE FUNCTION bench_one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE bench_sequence;
CREATE DOMAIN bench_domain AS text;
COMMENT ON TABLE bench_new IS 'new';`;

async function measure(bench: Bench, { name, sql }: NamedSchema): Promise<void> {
  const server = await bench.server();
  bench.say(`making ${name} three times`);
  const urls: string[] = [];
  for (const [index, more] of ["", "", tenChanges].entries()) {
    const database = `schema_${name.replaceAll(/\W+/g, "_").toLowerCase()}_${index}`.slice(0, 60);
    await run(server.url(), [`DROP DATABASE IF EXISTS "${database}"`, `CREATE DATABASE "${database}"`]);
    await run(server.url(database), [sql, ...(more === "" ? [] : [`SET search_path = public;\n${more}`]), "ANALYZE"]);
    urls.push(server.url(database));
  }
  const [first = "", same = "", changed = ""] = urls;
  await reading(bench, name, first);
  await comparing(bench, { title: `Comparing, nothing different: ${name}`, from: first, to: same, limitMs: 5_000 });
  await comparing(bench, { title: `Comparing, ten differences: ${name}`, from: first, to: changed, limitMs: null });
}

/** One after the other, so that no transaction holds thousands of locks longer than its own statements. */
async function run(url: string, scripts: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const script of scripts) for (const part of parts(script)) await client.query(part);
  } finally {
    await client.end();
  }
}

/** A simple query is one transaction, and thousands of tables in one outgrow the server's table of locks. */
function parts(script: string): readonly string[] {
  const statements = script.split(/;\n(?=CREATE TABLE t\d)/);
  const found: string[] = [];
  for (let at = 0; at < statements.length; at += 200) found.push(statements.slice(at, at + 200).join(";\n"));
  return found;
}

async function reading(bench: Bench, name: string, url: string): Promise<void> {
  const dump = findProgram("pg_dump");
  if (dump === null) bench.say("left out: pg_dump is not installed (Debian: postgresql-client)");
  const cwd = await bench.folder("reading");
  const always = (program: string, args: readonly string[]): (() => Promise<Command>) => {
    return async () => ({ program, args, cwd, env: bench.env });
  };
  const contenders: readonly Contender[] = [
    { name: "keelson", note: "catalog with dependencies", prepare: always(process.execPath, [readProgram, url]) },
    ...(dump === null
      ? []
      : [
          { name: "pg_dump", note: "--schema-only", prepare: always(dump, ["--schema-only", "--file=/dev/null", url]) },
        ]),
  ];
  const rounds = bench.rounds(5, 2);
  const measurements = await compare({ contenders, rounds, warmUps: 1, memory: true, say: bench.say });
  const goal: Goal = {
    what: "reading beside pg_dump",
    measured: ratio(measurements, "keelson", "pg_dump"),
    limit: 1,
    unit: "×",
  };
  bench.report(
    measurementTable({
      title: `Reading the schema: ${name} (${rounds} rounds)`,
      measurements,
      baseline: "pg_dump",
      goals: [goal],
    }),
  );
}

async function comparing(
  bench: Bench,
  {
    title,
    from,
    to,
    limitMs,
  }: { readonly title: string; readonly from: string; readonly to: string; readonly limitMs: number | null },
): Promise<void> {
  const cwd = await bench.folder("comparing");
  const contenders: Contender[] = [];
  for (const comparer of comparers(bench)) {
    const missing = await comparer.missing();
    if (missing === null) contenders.push({ ...comparer, prepare: async () => comparer.compare(from, to, cwd) });
    else bench.say(`left out: ${comparer.name}: ${shorten(missing)}`);
  }
  const rounds = bench.rounds(3, 1);
  const measurements = await compare({ contenders, rounds, warmUps: 1, memory: true, say: bench.say });
  const own = measurements[0];
  const fastest = own === undefined || own.runsMs.length === 0 ? null : Math.min(...own.runsMs);
  const goals: readonly Goal[] =
    limitMs === null ? [] : [{ what: title, measured: fastest, limit: limitMs, unit: "ms" }];
  bench.report(
    measurementTable({ title: `${title} (${rounds} rounds)`, measurements, baseline: own?.name ?? "", goals }),
  );
}

/** The largest of the real schemas, which belong to others and are never part of the project. */
function largestReal(): NamedSchema | null {
  const cases = join(resolve(process.env["KEELSON_CASES"] ?? "../shared/cases"), "real", "postgres");
  if (!existsSync(cases)) return null;
  const files = readdirSync(cases, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sql"));
  const [name = ""] = files.toSorted((a, b) => statSync(join(cases, b)).size - statSync(join(cases, a)).size);
  return { name: name.replace(/\.sql$/, ""), sql: readFileSync(join(cases, name), "utf8") };
}

/** Tables with what tables have: keys, checks, defaults, an enum, comments, an index each, a view over every tenth. */
function generatedSchema(tables: number): string {
  const made = Array.from({ length: tables }, (_, index) => {
    const parent = index === 0 ? "" : ` REFERENCES t${(index * 7) % index} (id)`;
    const view =
      index % 10 === 0
        ? `\nCREATE VIEW v${index} AS SELECT id, upper(name) AS name FROM t${index} WHERE s <> 'done';`
        : "";
    return `CREATE TABLE t${index} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, note varchar(40) DEFAULT 'x', amount numeric(10,2) NOT NULL DEFAULT 0, s state DEFAULT 'new', made timestamptz NOT NULL DEFAULT now(), parent bigint${parent}, CHECK (amount >= 0));
CREATE INDEX t${index}_name ON t${index} (name);
COMMENT ON TABLE t${index} IS 'table ${index}';${view}`;
  });
  return [`CREATE TYPE state AS ENUM ('new', 'open', 'done');`, ...made].join("\n");
}
