import { describe, expect, test } from "vitest";
import { downgrade } from "../../src/app/downgrade.ts";
import { current } from "../../src/app/history.ts";
import { migrate } from "../../src/app/migrate.ts";
import { upgrade } from "../../src/app/upgrade.ts";
import { engines, migrateProject } from "./databases.ts";
import { id, tableRevisions } from "./revision-text.ts";

const [a, b, c, d, e, f] = [id("a"), id("b"), id("c"), id("d"), id("e"), id("f")];

/** a, then the branches b (labelled left) and c-d, merged by e; f is a base of its own that depends on b. */
const branched = tableRevisions({
  a: {},
  b: { parents: [a], labels: ["left"] },
  c: { parents: [a] },
  d: { parents: [c] },
  e: { parents: [b, d] },
  f: { dependsOn: [b] },
});

describe.each(engines)("targets on %s", (engine) => {
  test("one branch, both branches, their merge, and back through the merge", async () => {
    const project = await migrateProject(engine, branched);
    await upgrade({ ...project.options, target: "left" });
    expect(await project.applied()).toEqual([a, b]);
    await upgrade({ ...project.options, target: [`${d}`, f] });
    expect(await project.applied()).toEqual([a, b, c, d, f]);
    await upgrade({ ...project.options, target: e.slice(0, 4) });
    expect(await project.applied()).toEqual([a, b, c, d, e, f]);
    expect((await current(project.options)).revisions.map((revision) => revision.id).sort()).toEqual([e, f]);

    const unmerged = await downgrade({ ...project.options, target: d, yes: true });
    expect(unmerged.steps.map((step) => step.id)).toEqual([e]);
    const branch = await downgrade({ ...project.options, target: a, yes: true });
    expect(branch.steps.map((step) => step.id).sort()).toEqual([b, c, d, f]);
    expect((await project.objects()).filter((name) => /t_[b-f]/.test(name))).toEqual([]);
    await migrate({ ...project.options, target: "heads" });
    expect(await project.applied()).toEqual([a, b, c, d, e, f]);
  });

  test("a target that several heads leave open, one that overlaps and an unknown one are refused, and nothing runs", async () => {
    const project = await migrateProject(engine, branched);
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "history.several-heads" });
    await expect(upgrade({ ...project.options, target: [a, e] })).rejects.toMatchObject({ code: "target.overlap" });
    await expect(upgrade({ ...project.options, target: "nowhere" })).rejects.toMatchObject({ code: "target.unknown" });
    await expect(downgrade({ ...project.options, target: a, yes: true })).rejects.toMatchObject({
      code: "target.not-reachable",
    });
    expect(await project.applied()).toEqual([]);
  });
});
