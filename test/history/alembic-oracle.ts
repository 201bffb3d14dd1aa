import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { isKeelsonError } from "../../src/errors.ts";
import { currentRevisions } from "../../src/history/applied.ts";
import { buildHistory, type History, reach } from "../../src/history/graph.ts";
import type { Revision } from "../../src/history/revision.ts";
import { planDowngrade, planUpgrade } from "../../src/history/target.ts";

const script = fileURLToPath(new URL("alembic-oracle.py", import.meta.url));
const python = "/usr/bin/python3";

/** One question to both. */
interface Query {
  readonly verb: "upgrade" | "downgrade";
  readonly target: string;
  readonly current: readonly string[];
}

/** A history with questions about it. */
interface Case {
  readonly revisions: readonly Revision[];
  readonly queries: readonly Query[];
  readonly applied: ReadonlySet<string>;
}

/** What Alembic said. */
interface Answers {
  readonly heads: readonly string[];
  readonly answers: readonly ({ readonly ids: readonly string[] } | { readonly error: string })[];
}

/** Whether Alembic is here; its absence is an error where `KEELSON_REQUIRE_ALEMBIC=1` or in a pipeline. */
export function alembicMissing(): boolean {
  const found = spawnSync(python, ["-c", "import alembic.script.revision"]).status === 0;
  if (found) return false;
  if (process.env["KEELSON_REQUIRE_ALEMBIC"] === "1" || process.env["CI"] === "true") {
    throw new Error("Alembic is not installed for /usr/bin/python3: apt-get install alembic");
  }
  process.stderr.write("SKIPPED: the comparison with Alembic, which is not installed (apt-get install alembic)\n");
  return true;
}

/** Random histories with branches, merges, labels and dependencies, and random questions about each. */
export function randomCases(count: number, seed: number): readonly Case[] {
  return fc.sample(caseArbitrary, { numRuns: count, seed });
}

/** Asks both about every case and returns how many questions were compared, and every disagreement in words. */
export function compareWithAlembic(cases: readonly Case[]): { readonly compared: number; readonly disagreements: readonly string[] } {
  const input = cases.map(({ revisions, queries }) => JSON.stringify({ revisions, queries })).join("\n");
  const run = spawnSync(python, [script], { input, maxBuffer: 1 << 30, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const outputs = run.stdout.trim().split("\n").map((line) => JSON.parse(line) as Answers);
  const disagreements: string[] = [];
  let compared = 0;
  for (const [at, single] of cases.entries()) {
    const output = outputs[at];
    const history = buildHistory(single.revisions);
    const heads = history.heads.map((head) => head.id).sort();
    if (JSON.stringify(heads) !== JSON.stringify(output?.heads)) disagreements.push(`heads: ${heads} and ${output?.heads}`);
    for (const [number, query] of single.queries.entries()) {
      const theirs = output?.answers[number];
      if (theirs === undefined) throw new Error("an answer is missing");
      compared++;
      const difference = judge(history, single, query, theirs);
      if (difference !== null) disagreements.push(`${difference}\n${JSON.stringify({ query, revisions: single.revisions.map(brief) })}`);
    }
  }
  return { compared, disagreements };
}

/**
 * Where Keelson differs on purpose:
 * - Steps counted from where the database is, when it is at several revisions: Keelson refuses; Alembic warns and takes
 *   one of them, or follows them to where they meet.
 * - `-n` takes exactly n revisions off, dependants counted; Alembic counts parents and lets dependants go in addition.
 *   So `-1` from a merge takes the merge off, where Alembic refuses.
 * - A target with nothing between it and the database is nothing to do; Alembic raises.
 */
function judge(history: History, single: Case, query: Query, theirs: Answers["answers"][number]): string | null {
  const ours = ask(history, single, query);
  const relative = /^(?:\w+@)?[+-]\d+$/.test(query.target);
  if (relative && "error" in ours && ours.error === "target.ambiguous" && query.current.length > 1) return null;
  if (relative && query.verb === "downgrade" && "ids" in ours) {
    const steps = Number(/\d+$/.exec(query.target)?.[0]);
    if (ours.ids.length < steps) return `Keelson takes ${ours.ids.length} off for ${query.target}`;
    if ("error" in theirs || theirs.ids.length !== ours.ids.length) return orderIsValid(history, "downgrade", ours.ids) ? null : "order";
  }
  if ("error" in theirs) {
    return "error" in ours || ours.ids.length === 0 ? null : `Keelson answers ${ours.ids}, Alembic refuses: ${theirs.error}`;
  }
  if ("error" in ours) {
    return theirs.ids.length === 0 ? null : `Keelson refuses (${ours.error}), Alembic answers ${theirs.ids}`;
  }
  const [a, b] = [[...ours.ids].sort(), [...theirs.ids].sort()];
  if (JSON.stringify(a) !== JSON.stringify(b)) return `Keelson ${a}, Alembic ${b}`;
  return orderIsValid(history, query.verb, ours.ids) ? null : `the order ${ours.ids} is not valid`;
}

function ask(history: History, single: Case, query: Query): { readonly ids: readonly string[] } | { readonly error: string } {
  try {
    const plan = query.verb === "upgrade" ? planUpgrade : planDowngrade;
    return { ids: plan(history, single.applied, [query.target]).steps.map((revision) => revision.id) };
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    return { error: error.code };
  }
}

/** Up: what a revision builds on comes before it. Down: what builds on it does. */
function orderIsValid(history: History, verb: Query["verb"], ids: readonly string[]): boolean {
  const place = new Map(ids.map((id, at) => [id, at]));
  return ids.every((id, at) => {
    const revision = history.get(id);
    if (revision === undefined) return false;
    const before = verb === "upgrade" ? history.requirements(revision) : history.dependants(revision);
    return before.every((other) => (place.get(other.id) ?? -1) < at);
  });
}

function brief(revision: Revision): unknown {
  return [revision.id, revision.parents, revision.dependsOn, revision.labels];
}

const shape = fc.record({
  /** For each revision: how far back its parents are; an empty list is a new base. */
  parents: fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }), { minLength: 1, maxLength: 14 }),
  dependencies: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 2 }),
  labelled: fc.uniqueArray(fc.nat(13), { maxLength: 2 }),
  appliedUpTo: fc.array(fc.nat(13), { maxLength: 3 }),
  targets: fc.array(fc.tuple(fc.nat(13), fc.nat(9), fc.integer({ min: 1, max: 3 })), { minLength: 10, maxLength: 10 }),
});

const caseArbitrary: fc.Arbitrary<Case> = shape.map((drawn) => {
  const id = (at: number): string => `${"abcdefghijklmn"[at] ?? "z"}${at.toString(16)}0000`;
  const count = drawn.parents.length;
  const ancestors: Set<number>[] = [];
  const revisions = drawn.parents.map((backs, at): Revision => {
    const candidates = backs.map((back) => at - back).filter((parent) => parent >= 0);
    const own = new Set(candidates.flatMap((parent) => [parent, ...(ancestors[parent] ?? [])]));
    // A parent that another parent already builds on would be redundant.
    const parents = candidates.filter((parent) => !candidates.some((other) => ancestors[other]?.has(parent)));
    const dependsOn = drawn.dependencies
      .filter(([from, to]) => from === at && to < at && !own.has(to))
      .map(([, to]) => id(to));
    for (const [from, to] of drawn.dependencies) if (from === at && to < at) for (const a of [to, ...(ancestors[to] ?? [])]) own.add(a);
    ancestors.push(own);
    return {
      id: id(at),
      parents: parents.map(id),
      dependsOn: [...new Set(dependsOn)],
      labels: drawn.labelled.includes(at) ? [`label${at}`] : [],
      message: "",
      created: null,
      transaction: "auto",
      sequence: at,
      file: `${at}.sql`,
      checksum: "",
      hasDown: true,
      format: "sql",
    };
  });
  const history = buildHistory(revisions);
  const start = drawn.appliedUpTo.flatMap((at) => (at < count ? [history.get(id(at))].filter((r) => r !== undefined) : []));
  const applied = new Set([...reach(start, (r) => history.requirements(r))].map((r) => r.id));
  const current = currentRevisions(history, applied).map((revision) => revision.id);
  const queries = drawn.targets.map(([at, form, steps]): Query => {
    const name = id(at % count);
    const label = [...history.labels.keys()][at % Math.max(1, history.labels.size)];
    const up = ["head", "heads", `+${steps}`, name, `${name}+${steps}`, label === undefined ? "heads" : `${label}@head`, label === undefined ? "head" : `${label}@+${steps}`];
    const down = ["base", `-${steps}`, name, `${name}-${steps}`, label === undefined ? "base" : `${label}@base`];
    const verb = form < 5 || applied.size === 0 ? "upgrade" : "downgrade";
    const target = verb === "upgrade" ? up[(at + form) % up.length] : down[(at + form) % down.length];
    return { verb, target: target ?? "heads", current };
  });
  return { revisions, queries, applied };
});
