import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRevisionFolder } from "../../src/revisions/read-folder.ts";
import { type LayoutChoice, writeRevision } from "../../src/revisions/write-revision.ts";
import { temporaryFolder } from "../support/project.ts";

const now = new Date("2026-11-21T09:30:00.500Z");
let counter = 0;
const newId = () => `f${String(++counter).padStart(11, "0")}`;

async function folderOf(...names: readonly string[]) {
  const directory = join(await temporaryFolder(), "migrations");
  if (names.length > 0) {
    const { mkdir } = await import("node:fs/promises");
    await mkdir(directory);
    for (const name of names) await writeFile(join(directory, name), "select 1;\n");
  }
  const read = () => readRevisionFolder({ directory, dialect: "postgres" });
  const create = async (message: string, layout?: LayoutChoice, parents?: readonly string[], at = now) => {
    const folder = await read();
    const last = folder.revisions.at(-1)?.id;
    const written = await writeRevision({
      folder,
      message,
      parents: parents ?? (last === undefined ? [] : [last]),
      labels: [],
      dependsOn: [],
      ...(layout === undefined ? {} : { layout }),
      now: at,
      newId,
    });
    return { ...written, names: written.files.map((file) => basename(file)) };
  };
  return { directory, read, create };
}

describe("a new revision", () => {
  test("in an empty folder has a header, and reads as it was written", async () => {
    const { read, create, directory } = await folderOf();
    const written = await create("Add users: names & more\nof them");
    expect(written.names).toEqual(["20261121093000_add_users_names_more_of_them.sql"]);
    const { revisions } = await read();
    expect(revisions).toHaveLength(1);
    expect(revisions[0]).toMatchObject({
      id: written.id,
      parents: [],
      message: "Add users: names & more of them",
      created: "2026-11-21T09:30:00Z",
      format: "sql",
    });
    expect(await readdir(directory)).toEqual(written.names);
  });

  test.each([
    ["simple", ["20240101000000_a.sql"], ["20261121093000_add_It-now.sql"], ["-- Add migration script here\n"]],
    [
      "reversible",
      ["20240101000000_a.up.sql", "20240101000000_a.down.sql"],
      ["20261121093000_add_It-now.up.sql", "20261121093000_add_It-now.down.sql"],
      ["-- Add up migration script here\n", "-- Add down migration script here\n"],
    ],
    [
      "simple with a down beside it",
      ["5_a.sql", "5_a.down.sql"],
      ["20261121093000_add_It-now.sql", "20261121093000_add_It-now.down.sql"],
      ["-- Add migration script here\n", "-- Add down migration script here\n"],
    ],
    ["a single 1, so sequential", ["1_a.sql"], ["0002_add_It-now.sql"], ["-- Add migration script here\n"]],
    [
      "neighbours, so sequential",
      ["0007_a.sql", "0008_b.sql"],
      ["0009_add_It-now.sql"],
      ["-- Add migration script here\n"],
    ],
    [
      "a gap, so timestamps",
      ["0007_a.sql", "0009_b.sql"],
      ["20261121093000_add_It-now.sql"],
      ["-- Add migration script here\n"],
    ],
    [
      "moments a second apart, so timestamps",
      ["20240101000000_a.sql", "20240101000001_b.sql"],
      ["20261121093000_add_It-now.sql"],
      ["-- Add migration script here\n"],
    ],
  ])("keeps the folder's layout: %s", async (_, present, names, texts) => {
    const { create } = await folderOf(...present);
    const written = await create("add It-now");
    expect(written.names).toEqual(names);
    expect(written).toMatchObject({ id: /^\d+/.exec(names[0] ?? "")?.[0], message: "add It-now" });
    expect(await Promise.all(written.files.map((file) => readFile(file, "utf8")))).toEqual(texts);
  });

  test("takes the layout that was chosen", async () => {
    const { create } = await folderOf("1_a.sql");
    expect((await create("b", { format: "reversible", numbering: "timestamp" })).names).toEqual([
      "20261121093000_b.up.sql",
      "20261121093000_b.down.sql",
    ]);
    expect((await create("c", { format: "keelson" })).names).toEqual(["20261121093001_c.sql"]);
    const empty = await folderOf();
    expect((await empty.create("first", { format: "simple", numbering: "sequential" })).names).toEqual([
      "0001_first.sql",
    ]);
  });

  test("gets a header where a headerless file could not say what it builds on, unless that was asked for", async () => {
    const { create, read } = await folderOf("1_a.sql", "2_b.sql");
    await expect(create("branch", { format: "simple" }, ["1"])).rejects.toThrowError(
      expect.objectContaining({ code: "usage.invalid" }),
    );
    const written = await create("branch", undefined, ["1"]);
    expect((await read()).revisions.at(-1)).toMatchObject({ id: written.id, parents: ["1"], format: "sql" });
  });

  test("has a file for each dialect where the last one has", async () => {
    const { directory, create, read } = await folderOf();
    const text = "-- keelson\n-- id: aaaa1\n\n-- keelson:up\nselect 1;\n";
    const { mkdir } = await import("node:fs/promises");
    await mkdir(directory);
    for (const dialect of ["postgres", "sqlite"]) await writeFile(join(directory, `1_a.${dialect}.sql`), text);
    expect((await create("b")).names).toEqual(["20261121093000_b.postgres.sql", "20261121093000_b.sqlite.sql"]);
    expect((await read()).revisions).toHaveLength(2);
  });

  test("says for each way what it needs, in a header and in a pair", async () => {
    const { directory, read } = await folderOf();
    const body = { dialect: null, up: "select 1;", down: "select 2;", proof: [] } as const;
    const modes = { transaction: "auto", transactionDown: "none" } as const;
    const request = { message: "a", labels: [], dependsOn: [], now, newId, bodies: [{ ...body, ...modes }] };
    const pair = { format: "reversible", numbering: "sequential" } as const;
    await writeRevision({ ...request, folder: await read(), parents: [], layout: pair });
    expect(await readFile(join(directory, "0001_a.up.sql"), "utf8")).toBe("select 1;\n");
    expect(await readFile(join(directory, "0001_a.down.sql"), "utf8")).toBe("-- no-transaction\nselect 2;\n");
    const layout = { format: "keelson" } as const;
    const { files } = await writeRevision({ ...request, folder: await read(), parents: ["0001"], layout });
    expect(await readFile(files[0] ?? "", "utf8")).toMatch(
      /-- created: .*\n-- transaction-down: none\n\n-- keelson:up/,
    );
    expect((await read()).revisions).toMatchObject([modes, modes]);
  });

  test("comes last even when the clock is behind", async () => {
    const { create } = await folderOf("20261231235959_a.sql");
    expect((await create("b")).names).toEqual(["20270101000000_b.sql"]);
    const odd = await folderOf("99999999999999_a.sql");
    expect((await odd.create("b", { numbering: "timestamp" })).names).toEqual(["100000000000000_b.sql"]);
  });

  test.each([["keelson"], ["simple"], ["reversible"]] as const)(
    "of many %s writers at one moment gets a version of its own, and overwrites nothing",
    async (format) => {
      const { read, directory } = await folderOf();
      const folder = await read();
      const writeOne = (at: number) =>
        writeRevision({
          folder,
          message: `same ${at % 3}`,
          parents: [],
          labels: [],
          dependsOn: [],
          layout: { format },
          now,
          newId,
        });
      const written = await Promise.all(Array.from({ length: 12 }, (_, at) => writeOne(at)));
      expect(new Set(written.flatMap((each) => each.files)).size).toBe(format === "reversible" ? 24 : 12);
      const versions = written.map((each) => /^\d+/.exec(basename(each.files[0] ?? ""))?.[0]);
      expect(new Set(versions).size).toBe(12);
      expect((await readdir(directory)).filter((name) => name.startsWith("."))).toEqual([]);
      expect((await read()).revisions).toHaveLength(12);
    },
  );

  test("passes over the claim of another writer, and takes over one that a killed writer left", async () => {
    const { directory, create } = await folderOf("0001_a.sql");
    const sequential = { format: "simple", numbering: "sequential" } as const;
    await writeFile(join(directory, ".2.claim"), "");
    expect((await create("b", sequential)).names).toEqual(["0003_b.sql"]);
    const old = new Date(Date.now() - 120_000);
    await writeFile(join(directory, ".4.claim"), "");
    await utimes(join(directory, ".4.claim"), old, old);
    expect((await create("c", sequential)).names).toEqual(["0004_c.sql"]);
    expect((await readdir(directory)).includes(".4.claim")).toBe(false);
  });

  test("in a folder that can't be made is an error that names it", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const folder = await readRevisionFolder({ directory: join(file, "m"), dialect: "postgres" }).catch(
      (error: unknown) => error,
    );
    expect(folder).toMatchObject({ code: "file.unreadable" });
  });
});
