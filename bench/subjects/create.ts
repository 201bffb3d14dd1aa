import { existsSync, readdirSync, statSync } from "node:fs";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench, Subject } from "../harness/bench.ts";
import { type Command, runCommand, runOrThrow } from "../harness/command.ts";
import { type Contender, compare, type Measurement, ratio } from "../harness/compare.ts";
import { type Cell, shorten } from "../harness/report.ts";
import { median, rounded } from "../harness/statistics.ts";
import type { Generator } from "../peers/generator.ts";
import { alembicAutogenerate, type Caches, drizzleKit, keelsonCreate } from "../peers/generators.ts";
import { failureOf } from "../peers/packages.ts";

const phasesProgram = fileURLToPath(new URL("../programs/create-phases.mjs", import.meta.url));

/** From models to a proven revision: a whole schema at once, and one column more. */
export const create: Subject = {
  name: "create",
  summary: "create from 200 tables and from the largest real schema, beside Alembic and drizzle-kit",
  async run(bench) {
    const tables = bench.quick ? 50 : 200;
    await beside(bench, "first", tables);
    await beside(bench, "one more", tables);
    await whereItGoes(bench, `${tables} tables of Drizzle models`, (folder) => writeOwnProject(bench, folder, tables));
    await largest(bench);
  },
};

/** What there is before the measured call: nothing, or a first revision and models with a column more. */
type Situation = "first" | "one more";

const titles: Readonly<Record<Situation, (tables: number) => string>> = {
  first: (tables) => `The first revision of ${tables} tables`,
  "one more": (tables) => `One column more in ${tables} tables, after a first revision`,
};

async function beside(bench: Bench, situation: Situation, tables: number): Promise<void> {
  const contenders: Contender[] = [];
  const kit = drizzleKit(bench.env).name;
  for (const generator of await usable(bench, situation)) {
    const missing = await failureOf(async () => {
      contenders.push(await contender(bench, generator, { situation, tables }));
    });
    if (missing !== null) bench.say(`left out: ${generator.name}: ${shorten(missing)}`);
  }
  const rounds = bench.rounds(5, 1);
  const measurements = await compare({ contenders, rounds, warmUps: 1, memory: true, say: bench.say });
  const columns = ["", "median s", "fastest s", "× drizzle-kit", "× Alembic", "peak MB", ""];
  const rows = measurements.map((one): readonly Cell[] => [
    one.name,
    ...seconds(one),
    ratioCell(measurements, one.name, kit),
    ratioCell(measurements, one.name, "Alembic"),
    one.peakMb === null ? null : rounded(one.peakMb, 0),
    one.failure === null ? one.note : shorten(one.failure),
  ]);
  bench.report({ title: `${titles[situation](tables)} (${rounds} rounds)`, columns, rows, goals: [] });
}

async function usable(bench: Bench, situation: Situation): Promise<readonly Generator[]> {
  const server = await bench.server();
  const own = (caches: Caches) => keelsonCreate(bench, `keelson create, caches: ${caches}`, caches);
  const all = [
    ...(situation === "first" ? [own("none")] : [own("all")]),
    own("of the machine"),
    alembicAutogenerate(bench.env, { server, name: `generate_${situation.replace(" ", "_")}` }),
    drizzleKit(bench.env),
  ];
  const found: Generator[] = [];
  for (const generator of all) {
    const missing = await generator.missing();
    if (missing === null) found.push(generator);
    else bench.say(`left out: ${generator.name}: ${missing.split("\n", 1)[0]}`);
  }
  return found;
}

/** Each round works in a fresh copy of a folder that is at the situation. */
async function contender(
  bench: Bench,
  generator: Generator,
  what: { readonly situation: Situation; readonly tables: number },
): Promise<Contender> {
  const { situation, tables } = what;
  const template = await bench.folder("template");
  await generator.write(template);
  await generator.writeModels(template, { tables, widened: 0 });
  await generator.emptyDatabase?.();
  if (situation === "one more") {
    bench.say(`a first revision: ${generator.name}`);
    await runOrThrow(generator.generate(template));
    if (generator.apply !== null) await runOrThrow(generator.apply(template));
    await generator.writeModels(template, { tables, widened: 1 });
  }
  const before = await countFiles(join(template, generator.revisions));
  const folder = `${template}-round`;
  return {
    name: generator.name,
    note: generator.note,
    async prepare() {
      await cp(template, folder, { recursive: true, verbatimSymlinks: true });
      for (const name of generator.without ?? []) await rm(join(folder, name), { recursive: true, force: true });
      return generator.generate(folder);
    },
    async check() {
      const made = (await countFiles(join(folder, generator.revisions))) - before;
      if (made !== 1) throw new Error(`wrote ${made} revisions`);
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

async function countFiles(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  return (await readdir(folder)).filter((name) => /\.(?:sql|py)$/.test(name)).length;
}

async function writeOwnProject(bench: Bench, folder: string, tables: number): Promise<void> {
  const generator = keelsonCreate(bench, "keelson", "of the machine");
  await generator.write(folder);
  await generator.writeModels(folder, { tables, widened: 0 });
}

/** The largest of the real schemas, which belong to others and are never part of the project. */
async function largest(bench: Bench): Promise<void> {
  const cases = join(resolve(process.env["KEELSON_CASES"] ?? "../shared/cases"), "real", "postgres");
  if (!existsSync(cases)) {
    bench.say(`left out: the largest real schema: there is no ${cases} (KEELSON_CASES names another folder)`);
    return;
  }
  const files = readdirSync(cases, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sql"));
  const [name = ""] = files.toSorted((a, b) => statSync(join(cases, b)).size - statSync(join(cases, a)).size);
  const write = async (folder: string): Promise<void> => {
    await mkdir(join(folder, "schema"), { recursive: true });
    await cp(join(cases, name), join(folder, "schema", "schema.sql"));
    await writeFile(join(folder, "keelson.config.json"), '{ "schema": ["schema"], "scratch": "pglite" }\n');
  };
  const template = await bench.folder("largest");
  await write(template);
  const folder = `${template}-round`;
  const own = (title: string, env: Readonly<Record<string, string>>): Contender => ({
    name: title,
    note: name,
    async prepare() {
      await cp(template, folder, { recursive: true });
      return bench.keelson(["create", "a", "change"], { cwd: folder, env });
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  });
  const contenders = [
    own("keelson create, caches: none", { KEELSON_CACHE: join(folder, "empty-cache") }),
    own("keelson create, caches: of the machine", {}),
  ];
  const rounds = bench.rounds(5, 1);
  const measurements = await compare({ contenders, rounds, warmUps: 1, memory: true, say: bench.say });
  const rows = measurements.map((one): readonly Cell[] => [
    one.name,
    ...seconds(one),
    one.peakMb === null ? null : rounded(one.peakMb, 0),
    one.failure === null ? one.note : shorten(one.failure),
  ]);
  const columns = ["", "median s", "fastest s", "peak MB", ""];
  bench.report({ title: `The first revision of the largest real schema (${rounds} rounds)`, columns, rows, goals: [] });
  await whereItGoes(bench, `the largest real schema (${name})`, write);
}

/** What one call says that it is doing, and how long each of it takes. */
async function whereItGoes(bench: Bench, what: string, write: (folder: string) => Promise<void>): Promise<void> {
  const runs: Phases[] = [];
  for (let round = 0; round < bench.rounds(3, 1); round++) {
    const folder = await bench.folder("phases");
    await write(folder);
    bench.say(`where the time goes: ${what}`);
    const command: Command = { program: process.execPath, args: [phasesProgram, folder], cwd: folder, env: bench.env };
    const result = await runCommand(command);
    if (result.code !== 0) throw new Error(`${phasesProgram} ended with ${result.code ?? "a signal"}:\n${result.tail}`);
    runs.push(JSON.parse(result.tail.split("\n").at(-1) ?? ""));
  }
  const [first] = runs;
  if (first === undefined) return;
  const rows = first.phases.map(({ doing }, index): readonly Cell[] => {
    const ms = median(runs.map((run) => run.phases[index]?.ms ?? Number.NaN));
    return [doing, rounded(ms / 1000, 2), rounded((ms / median(runs.map((run) => run.ms))) * 100, 0)];
  });
  const title = `Where the time of create goes: ${what}, ${first.statements} statements (${runs.length} rounds, machine's caches only)`;
  bench.report({ title, columns: ["", "median s", "% of all"], rows, goals: [] });
}

/** What the program prints. */
interface Phases {
  readonly statements: number;
  readonly ms: number;
  readonly phases: readonly { readonly doing: string; readonly ms: number }[];
}

function seconds({ runsMs }: Measurement): readonly Cell[] {
  if (runsMs.length === 0) return [null, null];
  return [rounded(median(runsMs) / 1000, 2), rounded(Math.min(...runsMs) / 1000, 2)];
}

function ratioCell(measurements: readonly Measurement[], name: string, baseline: string): Cell {
  const value = ratio(measurements, name, baseline);
  return value === null ? null : rounded(value, 2);
}
