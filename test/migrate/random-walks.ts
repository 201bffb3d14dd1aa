import fc from "fast-check";
import { expect } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { migrate } from "../../src/app/migrate.ts";
import { withProject } from "../../src/app/project.ts";
import type { RoutePlanner } from "../../src/app/run-verb.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { isKeelsonError } from "../../src/errors.ts";
import { currentRevisions } from "../../src/history/applied.ts";
import { planDowngrade, planMigrate, planUpgrade } from "../../src/history/target.ts";
import { type MigrateProject, migrateProject } from "./databases.ts";
import { revisionText } from "./revision-text.ts";

interface Node {
  readonly parents: readonly number[];
  readonly dependsOn: readonly number[];
  readonly labelled: boolean;
}

interface Step {
  readonly verb: "upgrade" | "downgrade" | "migrate";
  readonly target: string;
}

const verbs = { upgrade, downgrade, migrate };
const planners: Readonly<Record<Step["verb"], RoutePlanner>> = {
  upgrade: planUpgrade,
  downgrade: planDowngrade,
  migrate: planMigrate,
};

const idOf = (index: number): string => `${(index + 1).toString(16).repeat(2)}${"0".repeat(9)}${index}`;

/** Histories of up to nine revisions: every revision builds on up to two earlier ones and may depend on another. */
const histories: fc.Arbitrary<readonly Node[]> = fc.integer({ min: 2, max: 9 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, index) => {
      const earlier = Array.from({ length: index }, (_, before) => before);
      return fc.record({
        parents: fc.subarray(earlier, { maxLength: Math.min(2, index) }),
        dependsOn: fc.subarray(earlier, { maxLength: Math.min(1, index) }),
        labelled: fc.boolean(),
      });
    }),
  ),
);

function steps(size: number): fc.Arbitrary<readonly Step[]> {
  const index = fc.integer({ min: 0, max: size - 1 });
  const target = fc.oneof(
    fc.constantFrom("head", "heads", "base", "+1", "+2", "-1", "-2"),
    index.map(idOf),
    fc.tuple(index, fc.constantFrom("+1", "-1", "@head", "@base")).map(([at, suffix]) => `${idOf(at)}${suffix}`),
    index.map((at) => `label${at}@head`),
  );
  return fc.array(fc.record({ verb: fc.constantFrom("upgrade", "downgrade", "migrate"), target }), {
    minLength: 3,
    maxLength: 6,
  });
}

/** Each revision makes a table of its own and an index on the table of each parent; neither depends on the order of siblings. */
function files(nodes: readonly Node[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    nodes.map((node, index) => [
      `2024010100000${index}_r.sql`,
      revisionText({
        id: idOf(index),
        parents: node.parents.map(idOf),
        dependsOn: node.dependsOn.filter((other) => !node.parents.includes(other)).map(idOf),
        labels: node.labelled ? [`label${index}`] : [],
        up: [
          `create table t${index} (id integer);`,
          ...node.parents.map((parent) => `create index t${parent}_for_${index} on t${parent} (id);`),
        ].join("\n"),
        down: [...node.parents.map((parent) => `drop index t${parent}_for_${index};`), `drop table t${index};`].join(
          "\n",
        ),
      }),
    ]),
  );
}

/** The ids that are applied after a step by the planner alone, or the code with which it refuses. */
async function planned(
  project: MigrateProject,
  applied: ReadonlySet<string>,
  step: Step,
): Promise<ReadonlySet<string> | string> {
  return await withProject(project.options, async (opened) => {
    const history = await opened.history();
    try {
      const route = planners[step.verb](history, applied, [step.target]);
      const after = new Set(applied);
      for (const revision of route.steps) {
        if (route.direction === "up") after.add(revision.id);
        else after.delete(revision.id);
      }
      return after;
    } catch (error) {
      if (isKeelsonError(error)) return error.code;
      throw error;
    }
  });
}

async function walked(project: MigrateProject, step: Step): Promise<string | null> {
  try {
    await verbs[step.verb]({ ...project.options, target: step.target, yes: true });
    return null;
  } catch (error) {
    if (isKeelsonError(error)) return error.code;
    throw error;
  }
}

/** A new database that is taken straight to an applied set. */
async function replayed(nodes: readonly Node[], applied: ReadonlySet<string>): Promise<string> {
  const project = await migrateProject("sqlite", files(nodes));
  const tips = await withProject(project.options, async (opened) => currentRevisions(await opened.history(), applied));
  if (tips.length > 0) await upgrade({ ...project.options, target: tips.map((revision) => revision.id) });
  return await project.catalog();
}

/** Walks random histories: the ledger is what the planner says, and the catalog is what a new database gets. */
export async function walkRandomly(numRuns: number): Promise<void> {
  const walks = histories.chain((nodes) => fc.record({ nodes: fc.constant(nodes), walk: steps(nodes.length) }));
  await fc.assert(
    fc.asyncProperty(walks, async ({ nodes, walk }) => {
      const project = await migrateProject("sqlite", files(nodes));
      let applied: ReadonlySet<string> = new Set();
      for (const step of walk) {
        const expected = await planned(project, applied, step);
        const code = await walked(project, step);
        if (typeof expected === "string") expect(code, `${step.verb} ${step.target}`).toBe(expected);
        else {
          expect(code, `${step.verb} ${step.target}`).toBeNull();
          applied = expected;
        }
        expect(await project.applied()).toEqual([...applied].sort());
      }
      expect(await project.catalog()).toEqual(await replayed(nodes, applied));
    }),
    { numRuns, endOnFailure: true },
  );
}
