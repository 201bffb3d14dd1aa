import { describe, expect, test } from "vitest";
import { upgrade } from "../../src/app/upgrade.ts";
import { migrateProject } from "./databases.ts";

/** Long enough that the run plans its ledger statements once. */
const count = 8;

function tables(others: Readonly<Record<number, string>> = {}): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return Object.fromEntries(numbers.map((n) => [`${n}_r.sql`, `create table t${n} (n integer);\n${others[n] ?? ""}`]));
}

const ids = Array.from({ length: count }, (_, index) => String(index + 1));

describe("a run of many revisions on PostgreSQL", () => {
  test("records each of them as a short run does", async () => {
    const long = await migrateProject("postgres", tables());
    await upgrade(long.options);
    const short = await migrateProject("postgres", tables());
    for (const target of ["3", "6", "8"]) await upgrade({ ...short.options, target });
    const recorded = (project: typeof long) =>
      project.rows(
        `select l.id, l.file, l.message, l.parents, l.checksum, l.origin, l.source, a.action, a.outcome, a.report,
          l.applied_by = a.performed_by as same, l.duration_ms >= 0 and a.duration_ms >= 0 as measured
        from keelson.ledger l join keelson.attempt a on a.revision = l.id and a.history = l.history order by l.id`,
      );
    const rows = await recorded(long);
    expect(rows).toHaveLength(count);
    expect(rows[1]).toMatchObject({
      id: "2",
      file: "2_r.sql",
      parents: "1",
      outcome: "applied",
      same: true,
      measured: true,
    });
    expect(rows).toEqual(await recorded(short));
  });

  test.each(["deallocate all;", "do $$ begin execute 'deallocate all'; end $$;", "discard all;"])(
    "goes on after a revision that makes the session forget its statements: %s",
    async (forget) => {
      const project = await migrateProject("postgres", tables({ 3: forget }));
      const report = await upgrade(project.options);
      expect(report.steps.map((step) => step.id)).toEqual(ids);
      expect(await project.applied()).toEqual(ids);
      const attempts = await project.rows("select revision from keelson.attempt order by revision");
      expect(attempts.map((row) => row["revision"])).toEqual(ids);
    },
  );

  test("an EXECUTE of a revision's own that finds nothing is still its failure", async () => {
    const project = await migrateProject("postgres", tables({ 4: "execute nothing_of_that_name;" }));
    await expect(upgrade(project.options)).rejects.toMatchObject({
      code: "revision.failed",
      message: expect.stringContaining("nothing_of_that_name"),
    });
    expect(await project.applied()).toEqual(["1", "2", "3"]);
  });

  test("stops as soon as another run has taken the epoch, and records nothing more", async () => {
    const project = await migrateProject("postgres", tables({ 4: "update keelson.lock set epoch = epoch + 1;" }));
    await expect(upgrade(project.options)).rejects.toMatchObject({ code: "lock.lost" });
    expect(await project.applied()).toEqual(["1", "2", "3", "4"]);
    expect((await project.objects()).join(" ")).not.toContain("public.t5");
    await upgrade(project.options);
    expect(await project.applied()).toEqual(ids);
  });
});
