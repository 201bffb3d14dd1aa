import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type Checkout, checkOutExample } from "../checkout.ts";
import { onServer } from "../on-server.ts";
import { readWordTable } from "../word-table.ts";
import { type DocumentedCommand, type HandWork, type Section, sections } from "./documented-commands.ts";

const failing = "migrations/20990101000000_failing.sql";
const reverted = "migrations/20260504093000_read_levels_from_log_lines.sql";
const addedByHand = "CREATE INDEX idx_users_provider ON users (provider);\n";
const wholeHistory = 11;
/** Words of tools that a command must not name any more once it is rewritten. */
const foreignWords = /\b(docker|docker-compose|cargo|sqlx|createdb|dropdb|pg_dump)\b/;
const words = readWordTable("aiwebengine");
const rewrite = (command: string, port: number) => words.rewrite(command, { port });
const commands = sections.flatMap((section) => section.steps).filter((step) => "run" in step);

let server: PostgresServer;
let checkout: Checkout;

/** What the containers of the guide come with: an account that may do everything, and its databases. */
beforeAll(async () => {
  server = await startPostgres();
  await onServer(server.url("postgres"), "CREATE ROLE aiwebengine SUPERUSER LOGIN PASSWORD 'devpassword'");
  for (const name of ["aiwebengine", "staging", "production"]) await server.createDatabase(name);
  checkout = await checkOutExample("aiwebengine");
});
afterAll(() => server?.stop());

describe("the table of rewritten words", () => {
  test("leaves no word of Docker, Cargo or SQLx in any command", () => {
    const left = commands.map(({ run }) => rewrite(run, 1)).filter((line) => line !== null && foreignWords.test(line));
    expect(left).toEqual([]);
  });

  test("touches no command without such a word, but for the addresses", () => {
    const plain = commands
      .map(({ run }) => run)
      .filter((run) => !(foreignWords.test(run) || /psql ai|_sqlx_/.test(run)));
    expect(plain).not.toEqual([]);
    for (const run of plain) {
      const sameAddress = (text: string | null) =>
        text?.replace(/@[\w:{}.-]+\/\w+/, "@…").replace(/\w+:\w+(-\w+)?@/, "@");
      expect(sameAddress(rewrite(run, 1))).toBe(sameAddress(run));
    }
  });

  test("has no entry that no command needs, and says what has no counterpart yet", () => {
    expect(words.unused(commands.map(({ run }) => run))).toEqual([]);
    const without = commands.map(({ run }) => run).filter((run) => rewrite(run, 1) === null);
    expect(without).toEqual(["cargo sqlx prepare", "git add .sqlx"]);
  });
});

describe.sequential("every command of the guide, in its order", () => {
  test.each(sections)("$title", { timeout: 120_000 }, async (section) => {
    await checkout.shell.renew();
    for (const step of section.steps) {
      if ("byHand" in step) await byHand[step.byHand]();
      else await runDocumented(section, step);
    }
    await outcomes[section.title]?.();
  });
});

async function runDocumented(section: Section, command: DocumentedCommand): Promise<void> {
  const line = rewrite(command.run, server.port);
  if (line === null) return;
  const env = secrets(section);
  const result = await checkout.shell.run(line, {
    env,
    ...(command.typed === undefined ? {} : { typed: command.typed }),
  });
  const output = result.stdout + result.stderr;
  const told = `$ ${line}\n${output}`;
  expect(result.code, told).toBe(command.code ?? 0);
  if (command.shows !== undefined) expect(told).toMatch(command.shows);
}

function secrets(section: Section): Readonly<Record<string, string>> {
  const urls = {
    DATABASE_URL: databaseUrl("aiwebengine"),
    APP_REPOSITORY__DATABASE_URL: databaseUrl("production"),
  };
  return Object.fromEntries((section.secrets ?? []).map((name) => [name, urls[name]]));
}

/** What a reader of the guide does between its commands. */
const byHand: Readonly<Record<HandWork, () => Promise<void>>> = {
  "drop the drafts": async () => {
    for (const slug of ["add_notes", "create_users_table"]) await rm(checkout.path(await revisionFile(slug)));
  },
  "edit the reverted revision": () => edit(reverted, "\n-- keelson:down", `\n${addedByHand}\n-- keelson:down`),
  "put the edited revision back": () => edit(reverted, `\n${addedByHand}`, ""),
  "write a failing revision": async () => {
    const up = "CREATE TABLE notes (id int);\nCREATE INDEX notes_id ON no_such_table (id);\n";
    const header = `-- keelson\n-- id: 20990101000000\n-- parents: ${await newestId()}\n-- message: failing\n`;
    await writeFile(checkout.path(failing), `${header}\n-- keelson:up\n${up}`);
  },
  "correct the failing revision": () => edit(failing, "CREATE INDEX notes_id ON no_such_table (id);\n", ""),
  "drop the failing revision": () => rm(checkout.path(failing)),
  "write my_feature": async () => {
    const file = await revisionFile("my_feature");
    const up =
      "ALTER TABLE scripts ADD COLUMN IF NOT EXISTS new_field TEXT;\n" +
      "UPDATE scripts SET new_field = 'default_value' WHERE new_field IS NULL;\n";
    const down = "ALTER TABLE scripts DROP COLUMN new_field;\n";
    await edit(file, "-- keelson:up\n\n-- keelson:down\n", `-- keelson:up\n${up}\n-- keelson:down\n${down}`);
  },
  "begin a repository": async () => {
    expect((await checkout.shell.run("git init --quiet")).code).toBe(0);
  },
};

const allTables = ["assets", "logs", "scripts", "sessions", "users"];

/** What must be true after a section, looked at from outside. */
const outcomes: Readonly<Record<string, () => Promise<void>>> = {
  "Using the database helper script": async () => {
    expect(await tables("aiwebengine")).toEqual(allTables);
    expect(await applied("aiwebengine")).toHaveLength(wholeHistory);
    expect(await readdir(checkout.folder)).not.toContain("backup.sql");
  },
  "Running migrations, with the helper script": async () => {
    expect(await isNewestApplied("aiwebengine")).toBe(false);
    expect(await isNewestApplied("production")).toBe(true);
  },
  "Running migrations, by hand": async () => {
    expect(await isNewestApplied("aiwebengine")).toBe(false);
    expect(await applied("aiwebengine")).toHaveLength(wholeHistory - 1);
  },
  "Testing migrations": async () => {
    const left = await onServer(
      server.url("postgres"),
      "SELECT datname FROM pg_database WHERE datname = 'aiwebengine_test'",
    );
    expect(left).toEqual([]);
  },
  "Revert and retry": async () => {
    expect(await isNewestApplied("aiwebengine")).toBe(true);
    expect(await hasIndex("aiwebengine", "idx_users_provider")).toBe(true);
  },
  "Test rollbacks": async () => {
    expect(await isNewestApplied("aiwebengine")).toBe(false);
    // "Never modify existing migration files after they've been deployed": production has the old text.
    const env = { APP_REPOSITORY__DATABASE_URL: databaseUrl("production") };
    const refused = await checkout.shell.run("./scripts/db.sh --prod migrate-run", { env });
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining("read_levels_from_log_lines.sql") });
  },
  Troubleshooting: async () => expect(await tables("aiwebengine")).toEqual([...allTables, "notes"].sort()),
  "Reset database": async () => {
    expect(await tables("aiwebengine")).toEqual(allTables);
    expect(await hasIndex("aiwebengine", "idx_users_provider")).toBe(false);
    expect(await applied("aiwebengine")).toHaveLength(wholeHistory);
  },
  "Production workflow": async () => {
    for (const database of ["aiwebengine", "staging", "production"]) {
      expect(await tables(database)).toEqual(allTables);
      expect(await applied(database)).toHaveLength(wholeHistory + 1);
    }
  },
};

async function revisionFile(slug: string): Promise<string> {
  const names = await readdir(checkout.path("migrations"));
  const found = names.filter((name) => name.endsWith(`_${slug}.sql`));
  expect(found).toHaveLength(1);
  return `migrations/${found[0]}`;
}

async function edit(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(checkout.path(file), "utf8");
  expect(text).toContain(before);
  await writeFile(checkout.path(file), text.replace(before, after));
}

async function newestId(): Promise<string> {
  const text = await readFile(checkout.path(await revisionFile("find_what_went_wrong")), "utf8");
  return /^-- id: (\w+)$/m.exec(text)?.[1] ?? "";
}

function databaseUrl(name: string): string {
  return `postgresql://aiwebengine:devpassword@localhost:${server.port}/${name}`;
}

async function tables(database: string): Promise<readonly unknown[]> {
  const rows = await onServer(
    server.url(database),
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return rows.map((row) => row["tablename"]);
}

async function applied(database: string): Promise<readonly unknown[]> {
  return await onServer(server.url(database), "SELECT id FROM keelson.ledger");
}

/** The newest revision makes one index, and nothing else. */
async function isNewestApplied(database: string): Promise<boolean> {
  return await hasIndex(database, "idx_logs_level_created_at");
}

async function hasIndex(database: string, name: string): Promise<boolean> {
  return (await onServer(server.url(database), `SELECT 1 FROM pg_indexes WHERE indexname = '${name}'`)).length === 1;
}
