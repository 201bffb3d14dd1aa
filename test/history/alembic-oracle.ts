import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect } from "vitest";
import { isKeelsonError } from "../../src/errors.ts";
import { currentRevisions } from "../../src/history/applied.ts";
import { lineageOf } from "../../src/history/branch.ts";
import { buildHistory, type History, reach } from "../../src/history/graph.ts";
import type { Revision } from "../../src/history/revision.ts";
import { planDowngrade, planUpgrade } from "../../src/history/target.ts";
import { revision } from "./history-of.ts";

const script = fileURLToPath(new URL("alembic-oracle.py", import.meta.url));
const python = "/usr/bin/python3";

/** One question to both. */
interface Query {
  readonly verb: "upgrade" | "downgrade";
  readonly target: string;
}

/** A history, what is applied of it, and questions about both. */
interface Case {
  readonly revisions: readonly Revision[];
  readonly history: History;
  readonly applied: ReadonlySet<string>;
  readonly queries: readonly Query[];
}

type Answer = { readonly ids: readonly string[] } | { readonly error: string };

/** How many questions both answered, where they differed on purpose (by the names below), and where otherwise. */
export interface Comparison {
  readonly compared: number;
  /** Questions that both refuse. */
  readonly refused: number;
  readonly deviations: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

interface Disputed {
  readonly single: Case;
  readonly query: Query;
  readonly ours: Answer;
  readonly theirs: Answer;
}

/**
 * Where Keelson differs from Alembic on purpose. A difference counts as meant only where one of these holds for it.
 *
 * | name | Alembic | Keelson |
 * |---|---|---|
 * | no way up to base | `upgrade base` does nothing | refuses, and names downgrade |
 * | not on the branch | `label@id+1`, and `label@id` on the way down, take any id | refuses one that is not on the branch |
 * | heads that overlap | refuses `label@heads` where one head depends on another | goes to all of them |
 * | steps from several revisions | `downgrade -1` takes the first row of its table, with a warning | asks for the branch |
 * | unmerge | `downgrade -1` from a merge is an "ambiguous walk" | reverts the merge, so that its parents are left |
 * | along a labelled branch | stops at a merge | goes on to the one parent that is on the branch |
 * | nothing above | refuses to go down to an applied revision with nothing above it | nothing to do |
 * | below a label | filters by ancestors of the labelled revision alone, or finds none and refuses | all that is on the branch |
 */
const deviations: Readonly<Record<string, (disputed: Disputed) => boolean>> = {
  "no way up to base": ({ query, ours }) =>
    query.verb === "upgrade" && /(^|@)base$/.test(query.target) && isError(ours, "target.not-reachable"),
  "not on the branch": ({ query, ours }) => /^\w+@\w+([+-]\d)?$/.test(query.target) && isError(ours, "target.unknown"),
  "heads that overlap": ({ query, theirs }) => /@heads$/.test(query.target) && isError(theirs, /overlaps/),
  "steps from several revisions": ({ query, single, ours }) =>
    query.verb === "downgrade" &&
    /^-\d$/.test(query.target) &&
    currentRevisions(single.history, single.applied).length > 1 &&
    isError(ours, "target.ambiguous"),
  unmerge: ({ query, single, ours, theirs }) => {
    if (query.verb !== "downgrade" || !isError(theirs, /Ambiguous walk/) || !("ids" in ours)) return false;
    const merge = ours.ids.at(-1);
    return merge !== undefined && (single.history.get(merge)?.parents.length ?? 0) > 1;
  },
  "along a labelled branch": ({ query, ours, theirs }) =>
    query.target.includes("@") && isError(theirs, /Ambiguous walk/) && "ids" in ours,
  "nothing above": ({ query, ours, theirs }) =>
    query.verb === "downgrade" && isError(theirs, /RangeNotAncestor/) && "ids" in ours && ours.ids.length === 0,
  "below a label": (disputed) => isBelowLabel(disputed),
};

/** What Keelson reverts is exactly what lies above the target on the branch. */
function isBelowLabel({ query, single, ours, theirs }: Disputed): boolean {
  const { history, applied } = single;
  const label = /^(\w+)@/.exec(query.target)?.[1];
  const labelled = label === undefined ? undefined : (history.labels.get(label) ?? history.get(label));
  if (query.verb !== "downgrade" || labelled === undefined || !("ids" in ours)) return false;
  if (!("ids" in theirs) && !isError(theirs, /Not a valid downgrade target/)) return false;
  const branch = lineageOf(history, labelled);
  const reverted = ours.ids.flatMap((id) => history.get(id) ?? []);
  const lowest = reverted.filter((one) => !history.parents(one).some((parent) => reverted.includes(parent)));
  const onBranch = lowest.filter((one) => branch.has(one));
  const expected = [...reach(onBranch, history.dependants)].filter((one) => applied.has(one.id));
  return expected.length === reverted.length && expected.every((one) => reverted.includes(one));
}

function isError(answer: Answer, what: string | RegExp): boolean {
  if (!("error" in answer)) return false;
  return typeof what === "string" ? answer.error === what : what.test(answer.error);
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

/** Random histories with branches, merges, labels and dependencies, and ten random questions about each. */
export function randomCases(count: number, seed: number): readonly Case[] {
  return fc.sample(caseArbitrary, { numRuns: count, seed });
}

/** Asks both about every case. */
export function compareWithAlembic(cases: readonly Case[]): Comparison {
  const answers = askAlembic(cases);
  const disputes: Disputed[] = [];
  const disagreements: string[] = [];
  for (const [at, single] of cases.entries()) {
    const { heads, answers: theirAnswers } = answers[at] ?? { heads: [], answers: [] };
    const ourHeads = single.history.heads.map((head) => head.id).sort();
    if (ourHeads.join() !== heads.join()) disagreements.push(`heads: ours ${ourHeads}, theirs ${heads}`);
    for (const [number, query] of single.queries.entries()) {
      const theirs = theirAnswers[number];
      if (theirs === undefined) throw new Error("Alembic left a question out");
      disputes.push({ single, query, ours: ask(single, query), theirs });
    }
  }
  const counts: Record<string, number> = {};
  for (const disputed of disputes) {
    const verdict = judge(disputed);
    if (verdict === null) continue;
    if (Object.hasOwn(deviations, verdict)) counts[verdict] = (counts[verdict] ?? 0) + 1;
    else disagreements.push(`${verdict}\n${JSON.stringify(readable(disputed))}`);
  }
  const refused = disputes.filter(({ ours, theirs }) => "error" in ours && "error" in theirs).length;
  return { compared: disputes.length, refused, deviations: counts, disagreements };
}

/** A comparison in which nearly everything is refused or meant to differ would prove nothing. */
export function expectMostlyEqual({ compared, refused, deviations: counts }: Comparison): void {
  const different = Object.values(counts).reduce((sum, count) => sum + count, 0);
  expect(refused / compared).toBeLessThan(0.5);
  expect(different / compared).toBeLessThan(0.15);
}

/** Null where both agree, the name of a deviation, or what is wrong in words. */
function judge(disputed: Disputed): string | null {
  const { single, query, ours, theirs } = disputed;
  if ("ids" in ours && !isOrdered(single.history, query.verb, ours.ids)) return `the order ${ours.ids} is not valid`;
  if ("error" in ours && "error" in theirs) return null;
  if ("ids" in ours && "ids" in theirs && ours.ids.toSorted().join() === theirs.ids.toSorted().join()) return null;
  const name = Object.entries(deviations).find(([, holds]) => holds(disputed))?.[0];
  return name ?? `ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`;
}

function ask({ history, applied }: Case, { verb, target }: Query): Answer {
  try {
    const plan = verb === "upgrade" ? planUpgrade : planDowngrade;
    return { ids: plan(history, applied, target.split(" ")).steps.map((each) => each.id) };
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    return { error: error.code };
  }
}

interface AlembicAnswers {
  readonly heads: readonly string[];
  readonly answers: readonly Answer[];
}

function askAlembic(cases: readonly Case[]): readonly AlembicAnswers[] {
  const lines = cases.map(({ revisions, history, applied, queries }) => {
    // The rows that Alembic's table would have.
    const current = currentRevisions(history, applied).map((each) => each.id);
    const asked = queries.map((query) => ({ ...query, current }));
    return JSON.stringify({ revisions, queries: asked });
  });
  const run = spawnSync(python, [script], { input: lines.join("\n"), maxBuffer: 1 << 30, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AlembicAnswers);
}

/** Up: what a revision builds on comes before it. Down: what builds on it does. */
function isOrdered(history: History, verb: Query["verb"], ids: readonly string[]): boolean {
  const place = new Map(ids.map((id, at) => [id, at]));
  return ids.every((id, at) => {
    const found = history.get(id);
    if (found === undefined) return false;
    const before = verb === "upgrade" ? history.requirements(found) : history.dependants(found);
    return before.every((other) => (place.get(other.id) ?? -1) < at);
  });
}

function readable({ single, query }: Disputed): unknown {
  const revisions = single.revisions.map(({ id, parents, dependsOn, labels }) => [id, parents, dependsOn, labels]);
  return { query, applied: [...single.applied], revisions };
}

const shape = fc.record({
  /** For each revision: how far back its parents are; an empty list is a new base. */
  parents: fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }), {
    minLength: 3,
    maxLength: 14,
    size: "max",
  }),
  dependencies: fc.array(fc.tuple(fc.nat(13), fc.nat(13), fc.boolean()), { maxLength: 3 }),
  labelled: fc.uniqueArray(fc.nat(13), { maxLength: 2 }),
  appliedUpTo: fc.array(fc.nat(13), { maxLength: 4 }),
  targets: fc.array(
    fc.record({ form: fc.nat(999), at: fc.nat(13), other: fc.nat(13), steps: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 10,
      maxLength: 10,
    },
  ),
});

const caseArbitrary: fc.Arbitrary<Case> = shape.map((drawn) => {
  const revisions = drawRevisions(drawn.parents, drawn.dependencies, drawn.labelled);
  const history = buildHistory(revisions);
  const start = drawn.appliedUpTo.flatMap((at) => revisions[at % revisions.length] ?? []);
  const applied = new Set([...reach(start, history.requirements)].map((each) => each.id));
  const labels = revisions.flatMap((each) => each.labels);
  const idAt = (at: number): string => revisions[at % revisions.length]?.id ?? "";
  const queries = drawn.targets.map(({ form, at, other, steps }): Query => {
    const id = idAt(at);
    const branch = labels[other % 3] ?? idAt(other);
    const forms = applied.size === 0 || form % 2 === 0 ? upForms : downForms;
    const draw = forms[Math.floor(form / 2) % forms.length] ?? upForms[0];
    return {
      verb: forms === upForms ? "upgrade" : "downgrade",
      target: draw?.({ id, branch, steps, other: idAt(other) }) ?? "heads",
    };
  });
  return { revisions, history, applied, queries };
});

type Form = (parts: {
  readonly id: string;
  readonly branch: string;
  readonly steps: number;
  readonly other: string;
}) => string;

const upForms: readonly Form[] = [
  () => "head",
  () => "heads",
  () => "base",
  ({ id }) => id,
  ({ id }) => id.slice(0, 3),
  ({ id, other }) => `${id} ${other}`,
  ({ steps }) => `+${steps}`,
  ({ id, steps }) => `${id}+${steps}`,
  ({ id, steps }) => `${id}-${steps}`,
  ({ branch }) => branch,
  ({ branch }) => `${branch}@head`,
  ({ branch }) => `${branch}@heads`,
  ({ branch, id }) => `${branch}@${id}`,
  ({ branch, steps }) => `${branch}@+${steps}`,
  ({ branch, id, steps }) => `${branch}@${id}+${steps}`,
  ({ steps }) => `base+${steps}`,
  ({ steps }) => `-${steps}`,
];

const downForms: readonly Form[] = [
  () => "base",
  ({ id }) => id,
  ({ id }) => id.slice(0, 3),
  ({ steps }) => `-${steps}`,
  ({ id, steps }) => `${id}-${steps}`,
  ({ id, steps }) => `${id}+${steps}`,
  ({ steps }) => `base+${steps}`,
  ({ branch }) => branch,
  ({ branch }) => `${branch}@base`,
  ({ branch, id }) => `${branch}@${id}`,
  ({ branch, steps }) => `${branch}@-${steps}`,
  ({ steps }) => `+${steps}`,
];

function drawRevisions(
  parentsBack: readonly (readonly number[])[],
  dependencies: readonly (readonly [from: number, to: number, byLabel: boolean])[],
  labelled: readonly number[],
): readonly Revision[] {
  const id = (at: number): string => `${"abcdefghijklmn"[at] ?? "z"}${at.toString(16)}${"0".repeat(4)}`;
  const ancestors: Set<number>[] = [];
  return parentsBack.map((backs, at): Revision => {
    const candidates = backs.map((back) => at - back).filter((parent) => parent >= 0);
    // A parent that another parent already builds on would be redundant.
    const parents = candidates.filter((parent) => !candidates.some((other) => ancestors[other]?.has(parent)));
    const own = new Set(parents.flatMap((parent) => [parent, ...(ancestors[parent] ?? [])]));
    ancestors.push(own);
    const dependsOn = dependencies.flatMap(([from, to, byLabel]) => {
      if (from !== at || to >= at) return [];
      return [byLabel && labelled.includes(to) ? `label${to}` : id(to)];
    });
    return revision(id(at), parents.map(id), {
      dependsOn: [...new Set(dependsOn)],
      labels: labelled.includes(at) ? [`label${at}`] : [],
      sequence: at,
    });
  });
}
