import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { freshDatabase } from "../support/postgres.ts";
import { makeProject, type TestProject } from "../support/project.ts";
import { type Checkout, checkOutExample, linkKeelson, standIn } from "./checkout.ts";
import { openShell, type Shell } from "./shell.ts";

describe("docs/guides/getting-started.md", () => {
  test("every command does what the page says, in its order", async () => {
    const keelson = await standIn();
    const database = await freshDatabase();
    const project = await makeProject({ files: { "package.json": '{ "name": "app", "private": true }\n' } });
    const shell = await openShell(project.root);
    // The package comes from this repository and the server is the test's own.
    const atHand = (line: string) =>
      line
        .replace("npm install --save-dev keelson", `npm install --save-dev "${keelson}"`)
        .replace("npm install drizzle-orm", `npm install "${drizzle}"`)
        .replace("postgres://user:password@localhost:5432/app", database);
    const outputs: string[] = [];
    for (const block of await blocksOf("getting-started.md")) {
      if (block.language === "sql") await fillIn(project, block.text);
      else if (block.language === "diff") await applyDiff(project, block);
      else if (block.language === "js") await project.write({ "app.mjs": block.text });
      const lines = { bash: block.text.split("\n").map(atHand), js: ["node app.mjs"] }[block.language] ?? [];
      for (const line of lines) outputs.push(await expectEnd(shell, line, block.fails ? 6 : 0));
    }
    expect(outputs.join("\n")).toMatch(/No changes detected[\s\S]*user_accounts[\s\S]*0 revisions applied/);
    expect(await columnsOf(database, "users")).toEqual(["id", "email", "created_at", "name"]);
  }, 180_000);
});

describe("docs/guides/generating.md", () => {
  test("every command ends as the page says, in its order", async () => {
    const project = await makeProject();
    await mkdir(project.path("node_modules", ".bin"), { recursive: true });
    await symlink(await standIn(), project.path("node_modules", "keelson"));
    await symlink("../keelson/dist/cli/main.js", project.path("node_modules", ".bin", "keelson"));
    await symlink(drizzle, project.path("node_modules", "drizzle-orm"));
    const shell = await openShell(project.root);
    const outputs: string[] = [];
    for (const block of await blocksOf("generating.md")) {
      if (block.language === "ts" && block.file !== null) await project.write({ [block.file]: `${block.text}\n` });
      else if (block.language === "diff") await applyDiff(project, block);
      else if (block.language === "bash") {
        for (const line of block.text.split("\n")) outputs.push(await expectEnd(shell, line, block.exitCode));
      }
    }
    const told = outputs.join("\n");
    expect(told).toMatch(/Proven up and down[\s\S]*No changes detected[\s\S]*plan\.ambiguous[\s\S]*plan\.loses-data/);
    expect(told).toMatch(/No differences between the history and the models/);
    const newest = (await readdir(project.path("migrations"))).sort().at(-1) ?? "";
    expect(await readFile(project.path("migrations", newest), "utf8")).toMatch(/-- Not brought back: .*legacy/);
  }, 180_000);
});

describe("docs/guides/sqlx.md", () => {
  test("takes over a database that SQLx has migrated", async () => {
    const checkout = await checkOutExample("aiwebengine");
    await linkKeelson(checkout);
    const database = await freshDatabase();
    await dropHeadedRevisions(checkout);
    await migrateAsSqlx(checkout, database);
    await checkout.shell.run(`export DATABASE_URL=${database}`);
    for (const block of await blocksOf("sqlx.md")) {
      if (block.language !== "bash") continue;
      for (const line of block.text.split("\n")) await expectEnd(checkout.shell, line, block.fails ? 3 : 0);
    }
    expect(await expectEnd(checkout.shell, "npx keelson upgrade", 0)).not.toContain("create_scripts");
    await expectEnd(checkout.shell, "npx keelson downgrade --yes", 0);
    expect(await columnsOf(database, "sessions")).toEqual([]);
  }, 60_000);

  test("its commands are commands", async () => {
    const text = await readFile(new URL("sqlx.md", guides), "utf8");
    const commands = [...text.matchAll(/`npx keelson ([^`]+)`/g)].map((match) => match[1] ?? "");
    expect(commands.length).toBeGreaterThan(12);
    for (const command of commands) expect(() => parseArguments(command.split(" ")), command).not.toThrow();
  });
});

const guides = new URL("../../docs/guides/", import.meta.url);
const drizzle = fileURLToPath(new URL("../../node_modules/drizzle-orm", import.meta.url));

interface Block {
  readonly language: string;
  /** Whether the page says that it fails. */
  readonly fails: boolean;
  /** The exit code that the page names; 0 where it names none. */
  readonly exitCode: number;
  /** The file that it is the text of. */
  readonly file: string | null;
  readonly text: string;
}

async function blocksOf(page: string): Promise<readonly Block[]> {
  const text = await readFile(new URL(page, guides), "utf8");
  const found = [...text.matchAll(/^```(\w*)(?: ([^\n]+))?\n([\s\S]*?)\n```$/gm)];
  expect(found).not.toEqual([]);
  return found.map(([, language = "", more = "", body = ""]) => ({
    language,
    fails: more === "fails",
    exitCode: Number(/^exits (\d)$/.exec(more)?.[1] ?? 0),
    file: /^[\w/.-]+\.ts$/.test(more) ? more : null,
    text: body,
  }));
}

/** Does what the reader does in an editor: the lines without a plus become those without a minus. */
async function applyDiff(project: TestProject, { file, text }: Block): Promise<void> {
  const path = project.path(file ?? "");
  const side = (left: string) =>
    text
      .split("\n")
      .filter((line) => !line.startsWith(left))
      .map((line) => line.slice(1))
      .join("\n");
  const before = await readFile(path, "utf8");
  expect(before).toContain(side("+"));
  await writeFile(path, before.replace(side("+"), side("-")));
}

async function expectEnd(shell: Shell, line: string, code: number): Promise<string> {
  const result = await shell.run(line);
  const told = `$ ${line}\n${result.stdout}${result.stderr}`;
  expect(result.code, told).toBe(code);
  return told;
}

/** Does what the reader does in an editor: replaces the sections of the newest revision. */
async function fillIn(project: TestProject, sections: string): Promise<void> {
  const newest = (await readdir(project.path("migrations"))).sort().at(-1) ?? "";
  const text = await readFile(project.path("migrations", newest), "utf8");
  const header = text.slice(0, text.indexOf("-- keelson:up"));
  await writeFile(project.path("migrations", newest), `${header}${sections}\n`);
}

/** Leaves the folder as it was when the project moved: what has a header, and the proofs, Keelson wrote later. */
async function dropHeadedRevisions(checkout: Checkout): Promise<void> {
  for (const name of await readdir(checkout.path("migrations"))) {
    const text = await readFile(checkout.path("migrations", name), "utf8");
    if (text.startsWith("-- keelson") || !name.endsWith(".sql")) await rm(checkout.path("migrations", name));
  }
}

/** Leaves the database as SQLx leaves it: the tables, and SQLx's own table with a row for each file. */
async function migrateAsSqlx(checkout: Checkout, database: string): Promise<void> {
  const names = (await readdir(checkout.path("migrations")))
    .filter((name) => name.endsWith(".sql") && !name.endsWith(".down.sql"))
    .sort();
  await onDatabase(database, async (client) => {
    await client.query(`CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
      installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success BOOLEAN NOT NULL, checksum BYTEA NOT NULL,
      execution_time BIGINT NOT NULL)`);
    for (const name of names) {
      await client.query(await readFile(checkout.path("migrations", name), "utf8"));
      await client.query("INSERT INTO _sqlx_migrations VALUES ($1, $2, now(), true, '\\x00', 1)", [
        name.split("_")[0],
        name,
      ]);
    }
  });
}

async function columnsOf(database: string, table: string): Promise<readonly string[]> {
  return await onDatabase(database, async (client) => {
    const { rows } = await client.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position",
      [table],
    );
    return rows.map((row) => row.column_name);
  });
}

async function onDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
