import { describe, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { pgliteEngine } from "../../src/engines/postgres/pglite-engine.ts";
import { sharedServer } from "../support/postgres.ts";
import { columnValues, fillTables, lostColumns } from "./kept-rows.ts";
import {
  type CaseDatabase,
  caseDatabase,
  casesFolder,
  convergeTo,
  dumpOf,
  emptied,
  hasDump,
  load,
  type PairOutcome,
  readPairs,
  runPlan,
  type SchemaPair,
} from "./schema-cases.ts";

const folder = casesFolder();
const pairs = folder === null ? [] : await readPairs(folder);

/** Both directions of each pair, in one database that is emptied between the steps. */
async function converge(pair: SchemaPair, database: CaseDatabase): Promise<readonly PairOutcome[]> {
  const outcomes: PairOutcome[] = [];
  const sides = { from: await readSide(pair.from, database), to: await readSide(pair.to, database) };
  for (const [start, goal] of [["from", "to"] as const, ["to", "from"] as const]) {
    await load(await emptied(database), pair[start]);
    outcomes.push(await convergeTo(database, { name: `${pair.name}, to ${goal}`, ...sides[goal] }));
  }
  return outcomes;
}

async function readSide(
  sql: string,
  database: CaseDatabase,
  { dumped = database.url !== "" }: { readonly dumped?: boolean } = {},
): Promise<Side> {
  await load(await emptied(database), sql);
  const catalog = await database.engine.introspect(database.session);
  return { catalog, dump: dumped && hasDump() ? await dumpOf(database.url) : null };
}

interface Side {
  readonly catalog: Catalog;
  readonly dump: string | null;
}

async function makeRoles(database: CaseDatabase): Promise<void> {
  for (const role of new Set(pairs.flatMap((pair) => pair.roles))) {
    await database.session.query(`CREATE ROLE ${database.engine.sql.identifier(role)}`).catch(() => undefined);
  }
}

function summary(outcomes: readonly PairOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { result } of outcomes) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

function failures(outcomes: readonly PairOutcome[]): string {
  return outcomes
    .filter(({ result }) => result !== "converged")
    .map(({ name, result, detail }) => `${result}: ${name}: ${detail.split("\n")[0]}`)
    .join("\n");
}

/** Fills the first schema with rows, takes it to the second and looks for what is gone. */
async function keptRows(
  pair: SchemaPair,
  database: CaseDatabase,
): Promise<{ readonly filled: boolean; readonly lost: readonly string[] }> {
  const goal = await readSide(pair.to, database, { dumped: false }).catch(() => null);
  // Two pairs name roles that their list of roles spells wrongly.
  if (goal === null) return { filled: false, lost: [] };
  await load(await emptied(database), pair.from);
  const catalog = await database.engine.introspect(database.session);
  await fillTables(database.session, catalog);
  const before = { catalog, values: await columnValues(database.session, catalog) };
  try {
    await runPlan(database, await database.engine.planChanges(catalog, goal.catalog));
  } catch {
    // What the rows refuse, or no statement can do, must have left everything as it was.
  }
  const now = await database.engine.introspect(database.session);
  const after = { catalog: now, values: await columnValues(database.session, now) };
  return { filled: before.values.size > 0, lost: lostColumns(before, after) };
}

describe.skipIf(folder === null)("407 pairs of schemas, both directions", () => {
  test("on PostgreSQL 15, judged by a second reading and by pg_dump", { timeout: 1_200_000 }, async () => {
    const queue = [...pairs];
    const outcomes: PairOutcome[] = [];
    const worker = async (): Promise<void> => {
      const database = await caseDatabase(sharedServer().url());
      await makeRoles(database);
      for (let pair = queue.shift(); pair !== undefined; pair = queue.shift()) {
        outcomes.push(...(await converge(pair, database).catch((error: unknown) => [unreadable(pair, error)])));
      }
      await database.drop();
    };
    await Promise.all([worker(), worker(), worker()]);
    console.info("PostgreSQL 15:", summary(outcomes));
    const converged = outcomes.filter(({ result }) => result === "converged").length;
    expect(converged / outcomes.length, failures(outcomes)).toBeGreaterThan(0.93);
  });

  test("with rows, nothing is lost where both sides have the column", { timeout: 1_200_000 }, async () => {
    const queue = [...pairs];
    const lost: string[] = [];
    let filled = 0;
    const worker = async (): Promise<void> => {
      const database = await caseDatabase(sharedServer().url());
      await makeRoles(database);
      for (let pair = queue.shift(); pair !== undefined; pair = queue.shift()) {
        const outcome = await keptRows(pair, database);
        if (outcome.filled) filled++;
        lost.push(...outcome.lost.map((column) => `${pair?.name}: ${column}`));
      }
      await database.drop();
    };
    await Promise.all([worker(), worker(), worker()]);
    console.info(`${filled} of ${pairs.length} pairs had rows, and kept them.`);
    expect(lost).toEqual([]);
    expect(filled).toBeGreaterThan(pairs.length / 2);
  });

  test("on PGlite, judged by a second reading", { timeout: 1_200_000 }, async () => {
    const engine = pgliteEngine({
      url: "pglite::memory:",
      ledger: { schema: "keelson", prefix: "" },
      extensions: ["pg_trgm", "btree_gist", "amcheck", "hstore", "citext", "pg_visibility"],
    });
    const database: CaseDatabase = { engine, session: await engine.open("write"), url: "", drop: () => engine.close() };
    await makeRoles(database);
    const outcomes: PairOutcome[] = [];
    for (const pair of pairs) {
      outcomes.push(...(await converge(pair, database).catch((error: unknown) => [unreadable(pair, error)])));
    }
    await database.drop();
    console.info("PGlite:", summary(outcomes));
    const converged = outcomes.filter(({ result }) => result === "converged").length;
    expect(converged / outcomes.length, failures(outcomes)).toBeGreaterThan(0.9);
  });
});

function unreadable(pair: SchemaPair, error: unknown): PairOutcome {
  return { name: pair.name, result: "failed", detail: `not loaded: ${String(error)}`, plan: [] };
}
