import { chmod, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildHistory } from "../../src/history/graph.ts";
import { transactionFor } from "../../src/history/revision.ts";
import { FactsCache } from "../../src/revisions/facts-cache.ts";
import { factsOf } from "../../src/revisions/file-facts.ts";
import { readRevisionFolder } from "../../src/revisions/read-folder.ts";
import { makeProject, temporaryFolder } from "../support/project.ts";

const headed = (id: string, parents: string, up = "select 1;", more = "") =>
  `-- keelson\n-- id: ${id}\n-- parents: ${parents}\n-- message: revision ${id}\n${more}\n-- keelson:up\n${up}\n\n-- keelson:down\nselect 2;\n`;

async function folderWith(files: Readonly<Record<string, string>>) {
  const project = await makeProject({
    files: { "m/.keep": "", ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`m/${name}`, text])) },
  });
  const directory = project.path("m");
  const read = (dialect: "postgres" | "sqlite" = "postgres", cacheFile?: string) =>
    readRevisionFolder({ directory, dialect, ...(cacheFile === undefined ? {} : { cacheFile }) });
  return { directory, read };
}

const code = (value: string) => expect.objectContaining({ code: value });

describe("a folder", () => {
  test("that is missing has no revisions, and says so", async () => {
    const folder = await readRevisionFolder({ directory: join(await temporaryFolder(), "none"), dialect: "sqlite" });
    expect(folder).toMatchObject({ exists: false, revisions: [], unread: [] });
  });

  test("that is a file is an error", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    await expect(readRevisionFolder({ directory: file, dialect: "sqlite" })).rejects.toThrowError(
      code("file.unreadable"),
    );
  });

  test("of files with headers takes the identity from the header, and names what it does not read", async () => {
    const { read, directory } = await folderWith({
      "20260101000000_a.sql": headed("aaaa1", ""),
      "renamed.sql": headed("bbbb2", "aaaa1"),
      "20260102000000_code.ts": "export {}",
      "README.md": "",
    });
    const folder = await read();
    expect(
      folder.revisions.map(({ id, parents, file, sequence, format, hasDown }) => [
        id,
        parents,
        file,
        sequence,
        format,
        hasDown,
      ]),
    ).toEqual([
      ["aaaa1", [], "20260101000000_a.sql", 0, "sql", true],
      ["bbbb2", ["aaaa1"], "renamed.sql", 1, "sql", true],
    ]);
    expect(folder.unread).toEqual(["20260102000000_code.ts", "README.md"]);
    expect(folder.revisions.map((revision) => folder.paths(revision))).toEqual([
      [join(directory, "20260101000000_a.sql")],
      [join(directory, "renamed.sql")],
    ]);
  });

  test("in SQLx's simple layout is a line in the order of the numbers", async () => {
    const { read } = await folderWith({
      "10_tenth_one.sql": "select 10;",
      "0002_two.sql": "-- no-transaction\nselect 2;",
      "1_one.sql": "select 1;",
    });
    const { revisions } = await read();
    expect(
      revisions.map(({ id, parents, message, transaction, format, hasDown }) => [
        id,
        parents,
        message,
        transaction,
        format,
        hasDown,
      ]),
    ).toEqual([
      ["1", [], "one", "auto", "sqlx-simple", false],
      ["0002", ["1"], "two", "none", "sqlx-simple", false],
      ["10", ["0002"], "tenth one", "auto", "sqlx-simple", false],
    ]);
  });

  test("says for each way in which transactions it runs, also out of the cache", async () => {
    const { read, directory } = await folderWith({
      "1_one.up.sql": "-- no-transaction\nselect 1;",
      "1_one.down.sql": "select 1;",
      "2_two.up.sql": "select 2;",
      "2_two.down.sql": "-- no-transaction\nselect 2;",
      "3_three.sql": headed("c3", "2").replace("-- id", "-- transaction: none\n-- transaction-down: auto\n-- id"),
      "4_four.sql": headed("c4", "c3").replace("-- id", "-- transaction-down: none\n-- id"),
      "5_five.sql": headed("c5", "c4").replace("-- id", "-- transaction: none\n-- id"),
    });
    const modes = async (cacheFile?: string) =>
      (await read("postgres", cacheFile)).revisions.map((revision) => [
        transactionFor(revision, "up"),
        transactionFor(revision, "down"),
      ]);
    const expected = [
      ["none", "auto"],
      ["auto", "none"],
      ["none", "auto"],
      ["auto", "none"],
      ["none", "none"],
    ];
    expect(await modes()).toEqual(expected);
    const cacheFile = join(directory, "cache.json");
    const now = Date.now();
    const cache = new FactsCache(cacheFile, now + 10_000);
    const names = ["3_three.sql", "4_four.sql", "5_five.sql"];
    const facts = async (from: FactsCache, isRead: boolean) => {
      const all: unknown[] = [];
      for (const name of names) {
        const content = await readFile(join(directory, name));
        const reading = () => {
          if (isRead) return factsOf(content, name);
          throw new Error("The cache was asked to know the file.");
        };
        all.push(from.facts(name, await stat(join(directory, name)), reading).header);
      }
      return all;
    };
    const first = await facts(cache, true);
    cache.save();
    expect(await facts(new FactsCache(cacheFile, now + 20_000), false)).toEqual(first);
  });

  test("in SQLx's reversible layout pairs the files, whatever their words", async () => {
    const { read, directory } = await folderWith({
      "1_one.up.sql": "create table one (id int);\n",
      "1_uno.down.sql": "drop table one;\n",
      "2_two.sql": "create table two (id int);\n",
      "2_two.down.sql": "drop table two;\n",
      "3_three.up.sql": "create table three (id int);\n",
      "3_three.down.sql": "-- Add down migration script here\n",
    });
    const folder = await read();
    expect(folder.revisions.map(({ id, format, hasDown }) => [id, format, hasDown])).toEqual([
      ["1", "sqlx-reversible", true],
      ["2", "sqlx-reversible", true],
      ["3", "sqlx-reversible", false],
    ]);
    const [one, , three] = folder.revisions;
    if (one === undefined || three === undefined) throw new Error("no revision");
    expect(await folder.readBody(one)).toEqual({
      up: { sql: "create table one (id int);\n", file: "1_one.up.sql", firstLine: 1 },
      down: { sql: "drop table one;\n", file: "1_uno.down.sql", firstLine: 1 },
      verify: null,
    });
    expect((await folder.readBody(three)).down).toBeNull();
    expect(folder.paths(one)).toEqual([join(directory, "1_one.up.sql"), join(directory, "1_uno.down.sql")]);
  });

  test("gives the source of a pair as one file that is the same revision", async () => {
    const { read, directory } = await folderWith({
      "7_x.up.sql": "create table x (id int);\n",
      "7_x.down.sql": "drop table x;\n",
    });
    const folder = await read();
    const [before] = folder.revisions;
    if (before === undefined) throw new Error("no revision");
    const source = await folder.readSource(before);
    await rm(join(directory, "7_x.up.sql"));
    await rm(join(directory, "7_x.down.sql"));
    await writeFile(join(directory, "7_x.sql"), source);
    const [after] = (await read()).revisions;
    expect(after).toMatchObject({ id: "7", checksum: before.checksum, hasDown: true });
  });

  test("may begin headerless and go on with headers that name a version", async () => {
    const { read } = await folderWith({
      "0001_a.sql": "select 1;",
      "0002_b.sql": "select 2;",
      "20260101000000_c.sql": headed("cccc3", "2"),
      "20260102000000_d.sql": headed("dddd4", "0002", "select 1;", "-- labels: other\n"),
    });
    const history = buildHistory((await read()).revisions);
    expect(history.heads.map((head) => head.id)).toEqual(["cccc3", "dddd4"]);
    expect(history.heads.map((head) => history.parents(head).map((parent) => parent.id))).toEqual([["0002"], ["0002"]]);
  });

  test("reads CRLF and byte-order marks as if they were not there, also with -- no-transaction", async () => {
    const text = "-- no-transaction\nselect 1;\nselect 2;\n";
    const { read } = await folderWith({ "1_lf.sql": text, "2_crlf.sql": `\uFEFF${text.replaceAll("\n", "\r\n")}` });
    const folder = await read();
    expect(folder.revisions.map((revision) => revision.transaction)).toEqual(["none", "none"]);
    expect(new Set(folder.revisions.map((revision) => revision.checksum)).size).toBe(1);
    const bodies = await Promise.all(folder.revisions.map((revision) => folder.readBody(revision)));
    expect(bodies.map((body) => body.up.sql)).toEqual([text, text]);
  });

  test.each([
    ["a file with neither header nor number", { "seed.sql": "select 1;" }, "history.invalid-file"],
    ["a way down without a way up", { "1_a.down.sql": "select 1;" }, "history.invalid-file"],
    ["two ways down", { "1_a.sql": "", "1_a.down.sql": "", "01_b.down.sql": "" }, "history.duplicate-id"],
    [
      "sections beside another half",
      { "1_a.sql": "-- keelson:up\nselect 1;\n-- keelson:down\n", "1_a.down.sql": "select 1;" },
      "history.invalid-file",
    ],
    ["a header in the second line", { "1_a.sql": "-- hello\n-- keelson\n-- id: a\n" }, "history.invalid-file"],
  ])("with %s is refused", async (_, files, expected) => {
    const { read } = await folderWith(files);
    await expect(read()).rejects.toThrowError(code(expected));
  });

  test("with one version twice is refused by the graph, by both names", async () => {
    const { read } = await folderWith({ "1_a.sql": "select 1;", "0001_b.sql": "select 2;", "2_c.sql": "select 3;" });
    const { revisions } = await read();
    expect(() => buildHistory(revisions)).toThrowError(
      expect.objectContaining({
        code: "history.duplicate-id",
        details: expect.objectContaining({ files: ["0001_b.sql", "1_a.sql"] }),
      }),
    );
  });

  test("with bytes that are not UTF-8 is refused by name", async () => {
    const { read, directory } = await folderWith({});
    await writeFile(join(directory, "1_a.sql"), Buffer.from("select 'é';", "latin1"));
    await expect(read()).rejects.toThrowError(
      expect.objectContaining({ code: "history.invalid-file", message: "1_a.sql is not UTF-8." }),
    );
    await writeFile(join(directory, "1_a.sql"), Buffer.from("\uFEFFselect 1;", "utf16le"));
    await expect(read()).rejects.toThrowError("but UTF-16");
  });
});

describe("a revision with a file for each dialect", () => {
  const pair = {
    "1_a.postgres.sql": headed("aaaa1", "", "select 'p';"),
    "1_a.sqlite.sql": headed("aaaa1", "", "select 's';"),
  };

  test("has the body of the dialect at hand, and one id", async () => {
    const { read } = await folderWith(pair);
    for (const [dialect, sql] of [
      ["postgres", "select 'p';"],
      ["sqlite", "select 's';"],
    ] as const) {
      const folder = await read(dialect);
      expect(folder.revisions.map((revision) => revision.id)).toEqual(["aaaa1"]);
      const [revision] = folder.revisions;
      if (revision === undefined) throw new Error("no revision");
      expect((await folder.readBody(revision)).up.sql).toContain(sql);
      expect(folder.layout.dialects).toEqual(["postgres", "sqlite"]);
    }
  });

  test("is never skipped where its file for the dialect is missing", async () => {
    const { read } = await folderWith({ "1_a.postgres.sql": pair["1_a.postgres.sql"] });
    expect((await read("postgres")).revisions).toHaveLength(1);
    await expect(read("sqlite")).rejects.toThrowError("1_a.postgres.sql has no 1_a.sqlite.sql beside it");
  });

  test("is refused when the headers disagree", async () => {
    const { read } = await folderWith({ ...pair, "1_a.sqlite.sql": headed("aaaa1", "bbbb2") });
    await expect(read()).rejects.toThrowError("their parents differs");
  });
});

describe("a body", () => {
  test("that changed after the folder was read is not handed out", async () => {
    const { read, directory } = await folderWith({ "1_a.sql": "select 1;" });
    const folder = await read();
    const [revision] = folder.revisions;
    if (revision === undefined) throw new Error("no revision");
    await writeFile(join(directory, "1_a.sql"), "select 2;");
    await expect(folder.readBody(revision)).rejects.toThrowError(code("history.invalid-file"));
    await rm(join(directory, "1_a.sql"));
    await expect(folder.readBody(revision)).rejects.toThrowError(code("file.unreadable"));
  });
});

describe("the cache", () => {
  const many = Object.fromEntries(
    Array.from({ length: 250 }, (_, at) => [
      `${1000 + at}_r.sql`,
      headed(`id${1000 + at}`, at === 0 ? "" : `id${999 + at}`),
    ]),
  );
  const old = new Date(Date.now() - 3_600_000);

  /** A folder whose files look settled, and its cache. */
  async function settledFolder() {
    const { directory, read } = await folderWith(many);
    const cacheFile = join(await temporaryFolder(), "deep", "cache.json");
    // Times of change can't be set, so the clock of the cache has to pass them.
    await new Promise((done) => setTimeout(done, 2100));
    for (const name of Object.keys(many)) await utimes(join(directory, name), old, old);
    await new Promise((done) => setTimeout(done, 2100));
    return { directory, cacheFile, read: () => read("postgres", cacheFile) };
  }

  test("gives what the files give, sees every change, and survives whatever happens to it", async () => {
    const { directory, cacheFile, read } = await settledFolder();
    const cold = await read();
    const cached = JSON.parse(await readFile(cacheFile, "utf8"));
    expect(cached.names).toHaveLength(250);
    expect((await read()).revisions).toEqual(cold.revisions);
    expect(cold.revisions).toHaveLength(250);

    // The facts come from the cache: where it lies, the lie is believed.
    cached.checksums[0] = "f".repeat(64);
    await writeFile(cacheFile, JSON.stringify(cached));
    expect((await read()).revisions[0]?.checksum).toBe("f".repeat(64));

    // The same size and the same time of modification, but another file.
    const first = join(directory, "1000_r.sql");
    const changed = (await readFile(first, "utf8")).replace("select 1", "select 7");
    const before = (await stat(first)).mtimeMs;
    await writeFile(`${first}.new`, changed);
    await utimes(`${first}.new`, old, old);
    await rename(`${first}.new`, first);
    expect((await stat(first)).mtimeMs).toBe(before);
    const again = await read();
    expect(again.revisions[0]?.checksum).not.toBe(cold.revisions[0]?.checksum);
    expect(again.revisions[0]?.checksum).not.toBe("f".repeat(64));
    // What was just written is not trusted yet, so it is not in the cache.
    expect(JSON.parse(await readFile(cacheFile, "utf8")).names).toHaveLength(249);

    const whole = JSON.parse(await readFile(cacheFile, "utf8"));
    const damaged = [
      { ...whole, format: whole.format - 1 },
      { ...whole, checksums: whole.checksums.slice(1) },
      { ...whole, flags: whole.flags.map(String) },
      { ...whole, labels: null },
    ];
    for (const damage of ["", "{", "[]", "null", ...damaged.map((each) => JSON.stringify(each))]) {
      await writeFile(cacheFile, damage);
      expect((await read()).revisions).toEqual(again.revisions);
    }
    await rm(cacheFile);
    await writeFile(join(cacheFile, "..", ".gitignore"), "*\n");
    await rm(join(directory, "1249_r.sql"));
    expect((await read()).revisions).toHaveLength(249);
  });

  test("that can't be written changes nothing", async () => {
    const { read } = await folderWith(many);
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "not a folder");
    await chmod(file, 0o400);
    expect((await read("postgres", join(file, "cache.json"))).revisions).toHaveLength(250);
  });
});
