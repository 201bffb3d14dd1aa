import type { Catalog } from "../../src/catalog/catalog.ts";
import { compareCatalogs } from "../../src/catalog/compare.ts";
import type { Shuffle } from "../../src/plan/order-actions.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { type CaseDatabase, load } from "./case-database.ts";
import { type CaseMaps, caseMaps, draftCase, type Planned } from "./draft-case.ts";
import { dumpDifference } from "./dump-text.ts";
import { fillTables, lostRows, readRows, type TableRows } from "./kept-rows.ts";
import type { CorpusCase, ExpectedStop } from "./read-cases.ts";
import { findObstacles, runPlan } from "./run-plan.ts";

/**
 * How one way went. `stopped`: refused, or obstacles were foreseen, as the case says. `silent`: no difference is seen and the
 * dumps differ. `false`: a difference is seen between two databases made by the same statements.
 */
export type WayResult =
  | "converged"
  | "stopped"
  | "refused"
  | "failed"
  | "differs"
  | "dump-differs"
  | "lost-rows"
  | "silent"
  | "false";

/** One way between the two schemas of a case. */
export interface WayOutcome {
  /** The case and the way: `tables/rename, to`. */
  readonly name: string;
  readonly result: WayResult;
  readonly detail: string;
  readonly plan: readonly string[];
  /** How many rows were there to be kept. */
  readonly rows: number;
  /** What the rows would have stood in the way of was known beforehand, and the way was gone on empty tables. */
  readonly emptied: boolean;
}

/** Whether an outcome is what the case asks for. */
export function isGood({ result }: WayOutcome): boolean {
  return result === "converged" || result === "stopped";
}

/** Two databases of the same place, the first to be changed, the second to compare with. */
export interface CasePlaces {
  readonly first: CaseDatabase;
  readonly second: CaseDatabase;
}

/** How cases are run; as their files say unless told. */
export interface CaseOptions {
  /** Rows are made up for every table that takes them, and ways that they stand in the way of are gone without. */
  readonly fill?: boolean;
  /** Whether the independent dumps are made as well, which takes most of the time; they are unless told. */
  readonly dumps?: boolean;
  /** Replaces the usual order of a plan. */
  readonly shuffle?: Shuffle;
}

/** One of the two schemas as a database has it. */
interface Side {
  readonly database: CaseDatabase;
  readonly sql: string;
  readonly catalog: Catalog;
  readonly dump: readonly string[];
}

/** Runs a case in both directions: from the first schema there and back, and from the second one. */
export async function runCase(
  corpusCase: CorpusCase,
  places: CasePlaces,
  options: CaseOptions = {},
): Promise<readonly WayOutcome[]> {
  const { name } = corpusCase;
  let sides: { readonly from: Side; readonly to: Side };
  try {
    await places.first.empty({ roles: true });
    await places.second.empty({ roles: true });
    for (const place of [places.first, places.second]) await makeRoles(place, corpusCase.roles);
    sides = {
      from: await readSide(places.first, corpusCase.from, options),
      to: await readSide(places.second, corpusCase.to, options),
    };
  } catch (error) {
    const detail = `not loaded: ${message(error)}`;
    return [{ name, result: "failed", detail, plan: [], rows: 0, emptied: false }];
  }
  const plans = await draftCase(corpusCase, sides, options.shuffle);
  const maps = caseMaps(corpusCase, sides.from.catalog, sides.to.catalog);
  const common = { corpusCase, options } as const;
  const to: Way = {
    ...common,
    ...{ name: `${name}, to`, direction: "to", start: sides.from, goal: sides.to },
    ...{ maps: maps.up, plan: plans.up, rows: corpusCase.rows.from },
  };
  const from: Way = {
    ...common,
    ...{ name: `${name}, from`, direction: "from", start: sides.to, goal: sides.from },
    ...{ maps: maps.down, plan: plans.back, rows: corpusCase.rows.to },
  };
  const there = await runWay(to);
  const outcomes = [there.outcome];
  const hasBack = there.outcome.result === "converged" && from.plan.plan !== null && there.outcome.plan.length > 0;
  if (hasBack) outcomes.push(await runBack(from, there, to.plan));
  if (options.fill === true || from.rows.trim() !== "" || !hasBack) outcomes.push((await runWay(from)).outcome);
  return outcomes;
}

/** Makes the roles that a case names. */
export async function makeRoles({ session, engine }: CaseDatabase, roles: readonly string[]): Promise<void> {
  for (const role of roles) await session.query(`CREATE ROLE ${engine.sql.identifier(role)}`).catch(() => undefined);
}

async function readSide(database: CaseDatabase, sql: string, { dumps = true }: CaseOptions): Promise<Side> {
  await load(database, sql);
  const catalog = await database.engine.introspect(database.session);
  return { database, sql, catalog, dump: dumps ? await database.dump() : [] };
}

interface Way {
  readonly name: string;
  readonly corpusCase: CorpusCase;
  readonly options: CaseOptions;
  readonly direction: "to" | "from";
  readonly start: Side;
  readonly goal: Side;
  readonly plan: Planned;
  readonly maps: CaseMaps["up"];
  /** Statements that put rows there first. */
  readonly rows: string;
}

interface WayRun {
  readonly outcome: WayOutcome;
  readonly before: readonly TableRows[];
  readonly after: readonly TableRows[];
}

async function runWay(way: Way): Promise<WayRun> {
  const { name, start, goal, plan, options } = way;
  const { database } = start;
  const statements = plan.plan?.statements.map(({ sql }) => sql) ?? [];
  let before: readonly TableRows[] = [];
  let now: readonly TableRows[] = [];
  let emptied = false;
  const end = ({ result, detail }: Judgement): WayRun => {
    const rows = before.reduce((sum, table) => sum + table.rows.length, 0);
    return { outcome: { name, result, detail, plan: statements, rows, emptied }, before, after: now };
  };
  const refusal = judgeRefusal(way);
  if (plan.plan === null || refusal !== null) return end(refusal ?? { result: "failed", detail: "no plan" });
  try {
    await load(database, way.rows);
    if (options.fill === true) await fillTables(database.session, start.catalog);
    before = await readRows(database.session, start.catalog);
    const stopped = await foreseen(way, plan.plan);
    if (stopped !== null && options.fill !== true) return end(stopped);
    if (stopped !== null) {
      emptied = true;
      before = [];
      await database.empty();
      await load(database, start.sql);
    }
    await runPlan(database, plan.plan);
  } catch (error) {
    return end({ result: "failed", detail: message(error) });
  }
  const judged = await judge(database, goal, { statements: statements.length, dumps: options.dumps !== false });
  if (judged.result !== "converged") return end(judged);
  now = await readRows(database.session, judged.catalog);
  const lost = lostRows(before, now, { renames: plan.plan.renames, maps: way.maps });
  return end(lost.length > 0 ? { result: "lost-rows", detail: lost.join("\n") } : judged);
}

interface Judgement {
  readonly result: WayResult;
  readonly detail: string;
}

/** What becomes of a way that has no plan, or should have none; null where there is one to run. */
function judgeRefusal({ plan, corpusCase, direction }: Way): Judgement | null {
  const wanted = expected(corpusCase.refused, direction);
  if (plan.plan !== null)
    return wanted === undefined ? null : { result: "failed", detail: "it should have been refused" };
  const refused = plan.refusal.startsWith("refused: ");
  if (!refused || wanted === undefined) return { result: refused ? "refused" : "failed", detail: plan.refusal };
  if (plan.refusal.includes(wanted.because)) return { result: "stopped", detail: plan.refusal };
  return { result: "refused", detail: `not because of "${wanted.because}": ${plan.refusal}` };
}

/** What the rows stand in the way of has to be known before the first statement, and to be what the case says. */
async function foreseen(way: Way, plan: Plan): Promise<Judgement | null> {
  const wanted = expected(way.corpusCase.obstacles, way.direction);
  const found = await findObstacles(way.start.database, plan);
  if (wanted === undefined) {
    return found.length === 0 ? null : { result: "refused", detail: `rows stand in the way: ${found.join("; ")}` };
  }
  if (found.some((obstacle) => obstacle.includes(wanted.because))) return { result: "stopped", detail: "" };
  return { result: "failed", detail: `no obstacle was foreseen with "${wanted.because}": ${found.join("; ")}` };
}

function expected(stops: readonly ExpectedStop[], direction: "to" | "from"): ExpectedStop | undefined {
  return stops.find((stop) => stop.direction === direction);
}

async function judge(
  database: CaseDatabase,
  goal: Pick<Side, "catalog" | "dump">,
  { statements, dumps }: { readonly statements: number; readonly dumps: boolean },
): Promise<Judgement & { readonly catalog: Catalog }> {
  const catalog = await database.engine.introspect(database.session);
  const rest = compareCatalogs(catalog, goal.catalog);
  if (rest.length > 0) return { result: "differs", detail: JSON.stringify(rest.slice(0, 4)), catalog };
  const detail = dumps ? dumpDifference(await database.dump(), goal.dump) : "";
  if (detail === "") return { result: "converged", detail, catalog };
  return { result: statements === 0 ? "silent" : "dump-differs", detail, catalog };
}

/** From the second schema back on the same database: the first schema is there again, and its rows where nothing was to be lost. */
async function runBack(way: Way, to: WayRun, there: Planned): Promise<WayOutcome> {
  const database = way.goal.database;
  const plan = way.plan.plan;
  const statements = plan?.statements.map(({ sql }) => sql) ?? [];
  const name = way.name.replace(/from$/, "back");
  const { rows, emptied } = to.outcome;
  const end = ({ result, detail }: Judgement): WayOutcome => ({
    name,
    result,
    detail,
    plan: statements,
    rows,
    emptied,
  });
  const refusal = judgeRefusal(way);
  if (plan === null || refusal !== null) return end(refusal ?? { result: "failed", detail: "no plan" });
  // What is said of the rows of the second schema says nothing of those that came from the first one.
  const found = await findObstacles(database, plan);
  if (found.length > 0) return end({ result: "stopped", detail: found.join("; ") });
  try {
    await runPlan(database, plan);
  } catch (error) {
    return end({ result: "failed", detail: message(error) });
  }
  const dumps = way.options.dumps !== false;
  const judged = await judge(database, way.goal, { statements: statements.length, dumps });
  if (judged.result !== "converged") return end(judged);
  const now = await readRows(database.session, judged.catalog);
  const all = [...(there.plan?.statements ?? []), ...plan.statements];
  const lost = [
    ...lostRows(to.after, now, { renames: plan.renames, maps: way.maps }),
    // Of a table that both ways keep, and of which nothing was said to be lost, each row is there that was at first.
    ...(all.some(({ losses }) => losses.length > 0) ? [] : lostRows(to.before, now)),
  ];
  return end(lost.length > 0 ? { result: "lost-rows", detail: [...new Set(lost)].join("\n") } : judged);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
