import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { type PgBouncer, pgBouncerMissing, startPgBouncer } from "../support/pgbouncer.ts";
import { freshDatabase } from "../support/postgres.ts";
import { expectClean, expectOnce, slowProject, startMany } from "./many-runs.ts";

/** Many runs at once on one database, in every way to reach it. */
export function concurrencyCases(size: {
  readonly processes: number;
  readonly sqlite: number;
  readonly seconds: number;
}): void {
  const { processes, seconds } = size;

  describe(`${processes} runs at once on PostgreSQL`, () => {
    test("directly: all end well, each revision runs once, no lock is left", async () => {
      const project = await slowProject("postgres", { seconds, concurrently: true });
      expectOnce(await startMany(project, processes));
      await expectClean("postgres", project);
      expectNoWork(await startMany(project, Math.min(processes, 8)));
    });

    test("one of them killed in the middle: another takes over", async () => {
      const project = await slowProject("postgres", { seconds, concurrently: true });
      let killed = "";
      const ends = await startMany(project, processes, {
        meanwhile: async (runs) => {
          const applier = await Promise.any(runs.map((run) => run.output(/"revision-started"/).then(() => run)));
          applier.kill("SIGKILL");
          killed = String(applier.process.pid);
        },
      });
      expect(killed).not.toBe("");
      expect(ends.filter((end) => end === null)).toHaveLength(1);
      expect(ends.filter((end) => end !== null && end.event !== "done")).toEqual([]);
      // What the killed run had sent may have been finished and recorded by the server, so only the ledger can tell.
      await expectClean("postgres", project);
    });

    describe.skipIf(pgBouncerMissing()).each([20, 2])("through PgBouncer with a pool of %i", (poolSize) => {
      test("all end well, and a bystander of the pool notices nothing", async () => {
        await throughPgBouncer(poolSize, async ({ bouncer, url }) => {
          const project = await slowProject("postgres", { seconds, concurrently: true, url: bouncer.url() });
          const bystander = new Client({ connectionString: bouncer.url() });
          await bystander.connect();
          const path = async () => (await bystander.query("show search_path")).rows;
          const before = await path();
          expectOnce(await startMany(project, processes));
          for (let request = 0; request < 2 * poolSize; request++) expect(await path()).toEqual(before);
          await bystander.end();
          await expectClean("postgres", { ...project, url });
        });
      });
    });

    describe.skipIf(pgBouncerMissing())("through PgBouncer with a pool of one", () => {
      test("all end well when every revision is a transaction", async () => {
        await throughPgBouncer(1, async ({ bouncer }) => {
          const project = await slowProject("postgres", { seconds, concurrently: false, url: bouncer.url() });
          expectOnce(await startMany(project, processes));
          await expectClean("postgres", project);
        });
      });

      test("statements outside transactions are refused until directUrl leads past the pooler", async () => {
        await throughPgBouncer(1, async ({ bouncer, url }) => {
          const project = await slowProject("postgres", { seconds: 0, concurrently: true, url: bouncer.url() });
          const [refused] = await startMany(project, 1);
          expect(refused).toMatchObject({
            event: "failed",
            code: "lock.pooler",
            hint: expect.stringContaining("directUrl"),
          });
          expect(await project.applied()).toEqual(["1", "2"]);
          const ends = await startMany(project, Math.min(processes, 4), { directUrl: url });
          expect(ends.every((end) => end?.event === "done")).toBe(true);
          expect(await project.applied()).toEqual(["1", "2", "3", "4"]);
        });
      });
    });
  });

  describe.each(["delete", "wal"])("runs at once on SQLite in %s mode", (mode) => {
    test(`${size.sqlite} of ${size.sqlite} end well`, async () => {
      const project = await slowProject("sqlite", { seconds, concurrently: false });
      await project.execute(`pragma journal_mode = ${mode}`);
      expectOnce(await startMany(project, size.sqlite));
      await expectClean("sqlite", project);
    });
  });
}

function expectNoWork(ends: Awaited<ReturnType<typeof startMany>>): void {
  for (const end of ends) expect(end).toMatchObject({ event: "done", steps: [], requests: 1 });
}

async function throughPgBouncer(
  poolSize: number,
  work: (place: { readonly bouncer: PgBouncer; readonly url: string }) => Promise<void>,
): Promise<void> {
  const url = await freshDatabase();
  const bouncer = await startPgBouncer({ url, poolSize });
  try {
    await work({ bouncer, url });
  } finally {
    await bouncer.stop();
  }
}
