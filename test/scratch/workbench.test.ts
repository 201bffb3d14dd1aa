import { describe, expect, test } from "vitest";
import { buildHistory } from "../../src/history/graph.ts";
import { catalogCache } from "../../src/scratch/catalog-cache.ts";
import { type ProvableRevision, sqlRevision } from "../../src/scratch/prove.ts";
import type { ReplayRequest } from "../../src/scratch/replay.ts";
import type { ScratchServer } from "../../src/scratch/scratch-database.ts";
import { Workbench } from "../../src/scratch/workbench.ts";
import { temporaryFolder } from "../support/project.ts";
import {
  body,
  counted,
  declared,
  type RevisionDraft,
  revisions,
  sharedScratch,
  sqliteScratch,
} from "./scratch-servers.ts";

function replayOf(...drafts: readonly RevisionDraft[]): ReplayRequest {
  const made = revisions(...drafts);
  return { history: buildHistory(made.revisions), bodies: made.bodies };
}

const first = { id: "a1", up: "CREATE TABLE a (id INTEGER PRIMARY KEY)" };
const schema = declared("CREATE TABLE a (id INTEGER PRIMARY KEY)", "CREATE TABLE b (id INTEGER PRIMARY KEY)");
const step = sqlRevision(body({ id: "b2", up: "CREATE TABLE b (id INTEGER PRIMARY KEY)", down: "DROP TABLE b" }), {
  transaction: "auto",
  id: "b2",
});

test("one scratch database does for both catalogs and the proof, and what is known needs none", async () => {
  for (const real of [await sharedScratch(), sqliteScratch()]) {
    const server = counted(real);
    const folder = await temporaryFolder();
    const replay = replayOf(first);

    const bench = new Workbench(server, catalogCache({ folder, release: "1" }));
    const { current, desired } = await bench.catalogs(replay, schema);
    expect(current.objects.map((object) => object.id)).toContain(
      `table:${current.dialect === "sqlite" ? "main" : "public"}.a`,
    );
    const result = await bench.prove({ replay }, { current, desired, revision: step });
    expect(result).toMatchObject({ converges: true, server: server.label });
    expect(server.created).toHaveLength(1);

    const again = new Workbench(server, catalogCache({ folder, release: "1" }));
    expect(await again.catalogs(replay, schema)).toEqual({ current, desired });
    expect(await again.current(replay)).toEqual(current);
    expect(await again.desired(schema)).toEqual(desired);
    expect(server.created).toHaveLength(1);

    await again.catalogs(replayOf({ ...first, up: "CREATE TABLE c (id INTEGER PRIMARY KEY)" }), schema);
    expect(server.created).toHaveLength(2);
    await again.close();
  }
});

test("every proof begins at the starting point, whatever the one before left behind", async () => {
  const server = counted(await sharedScratch());
  const bench = new Workbench(server, catalogCache({ folder: await temporaryFolder(), release: "1" }));
  const replay = replayOf(first);
  const current = await bench.current(replay);
  const desired = await bench.desired(schema);
  const leaves = sqlRevision(body({ id: "b2", up: "CREATE TABLE c (id int)", down: "DROP TABLE a" }), {
    transaction: "auto",
    id: "b2",
  });
  expect(await bench.prove({ replay }, { current, desired, revision: leaves })).toMatchObject({ converges: false });
  expect(await bench.prove({ replay }, { current, desired, revision: step })).toMatchObject({ converges: true });
  const make = async ({ session }: { readonly session: { script(texts: readonly string[]): Promise<unknown> } }) =>
    void (await session.script(["CREATE TABLE a (id INTEGER PRIMARY KEY)"]));
  const made = await bench.prove({ make, text: "" }, { current, desired, revision: step });
  expect(made).toMatchObject({ converges: true });
  await bench.close();
});

describe("proofs of one revision after the other", () => {
  const drafts: readonly RevisionDraft[] = [
    { id: "a1", up: "CREATE TABLE a (id INTEGER PRIMARY KEY)", down: "DROP TABLE a" },
    { id: "b2", up: "CREATE TABLE b (id INTEGER PRIMARY KEY)", down: "DROP TABLE b" },
    // Nothing takes its row back, so a proof leaves two of them and a replay one.
    { id: "c3", up: "INSERT INTO a SELECT 1 + count(*) FROM a", down: "SELECT 1" },
    {
      id: "d4",
      up: "CREATE TABLE one (id INTEGER CHECK (id < 2)); INSERT INTO one SELECT count(*) FROM a",
      down: "DROP TABLE one",
    },
  ];
  const made = revisions(...drafts);
  const history = buildHistory(made.revisions);

  async function walk(server: ScratchServer, ids: readonly string[], more: Partial<ProvableRevision> = {}) {
    const bench = new Workbench(server, catalogCache({ folder: await temporaryFolder(), release: "1" }));
    const outcomes: boolean[] = [];
    for (const id of ids) {
      const revision = history.get(id);
      const draft = drafts.find((one) => one.id === id);
      if (revision === undefined || draft === undefined) throw new Error(`no revision ${id}`);
      const replay = { history, bodies: made.bodies, upTo: history.requirements(revision) };
      const request = {
        current: await bench.current(replay),
        desired: null,
        revision: { ...sqlRevision(body(draft), { transaction: "auto", id }), ...more },
      };
      const leadsTo = { history, bodies: made.bodies, upTo: [revision] };
      outcomes.push((await bench.prove({ replay }, request, leadsTo)).converges);
    }
    await bench.close();
    return outcomes;
  }

  test("replay nothing of what was just proven", async () => {
    for (const real of [await sharedScratch(), sqliteScratch()]) {
      const server = counted(real);
      expect(await walk(server, ["a1", "b2", "c3"])).toEqual([true, true, true]);
      expect(server.created).toHaveLength(1);
      expect(server.left()).toBe(0);
    }
  });

  test("replay the history where another part of it is needed, and after rows of a fixture", async () => {
    const other = counted(sqliteScratch());
    expect(await walk(other, ["c3", "b2"])).toEqual([true, true]);
    expect(other.created).toHaveLength(2);
    const filled = counted(sqliteScratch());
    expect(await walk(filled, ["a1", "b2"], { fixture: async () => undefined })).toEqual([true, true]);
    expect(filled.created).toHaveLength(2);
  });

  test("are not failed by the rows that earlier proofs left", async () => {
    const server = counted(await sharedScratch());
    expect(await walk(server, ["a1", "b2", "c3", "d4"])).toEqual([true, true, true, true]);
    expect(server.created).toHaveLength(2);
    expect(server.left()).toBe(0);
  });
});

test("a history or a schema that does not load leaves no scratch database behind", async () => {
  const server = counted(await sharedScratch());
  const bench = new Workbench(server, catalogCache({ folder: await temporaryFolder(), release: "1" }));
  const broken = replayOf({ id: "a1", up: "SELECT nonsense" });
  await expect(bench.current(broken)).rejects.toMatchObject({ code: "revision.failed" });
  await expect(bench.desired(declared("SELECT nonsense"))).rejects.toMatchObject({ code: "source.failed" });
  expect(server.created).toHaveLength(2);
  expect(server.left()).toBe(0);
  await bench.close();
});

test("closing drops what is waiting for a proof", async () => {
  const server = counted(await sharedScratch());
  const bench = new Workbench(server, catalogCache({ folder: await temporaryFolder(), release: "1" }));
  await bench.catalogs(replayOf(first), schema);
  expect(server.left()).toBe(1);
  await bench.close();
  expect(server.left()).toBe(0);
});
