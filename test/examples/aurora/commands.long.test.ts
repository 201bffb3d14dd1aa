import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLineOnTerminal, terminalMissing } from "../../cli/terminal.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";
import { readWordTable } from "../word-table.ts";
import { type DocumentedCommand, type HandWork, sections } from "./documented-commands.ts";
import { modelsAtFirst, withUserPreference } from "./first-models.ts";
import { firstIndexes, firstTables } from "./first-schema.ts";
import { revisions } from "./fresh-aurora.ts";
import { lookAtPostgres, lookAtSqlite } from "./look-at.ts";

const example = fileURLToPath(new URL("../../../examples/aurora", import.meta.url));
const initial = "20251110194023_initial_schema_users_tasks_conversations";
const firstNames = firstTables.map(({ name }) => name).sort();
const allNames = [...firstNames, "user_preferences"].sort();
const words = readWordTable("aurora");
const commands = sections.flatMap((section) => section.steps).filter((step) => "run" in step);
const withoutTerminal = terminalMissing();

let server: PostgresServer;
let checkout: Checkout;
const places: Record<string, string | number> = {
  revision: revisions.preferences,
  head1: "1",
  head2: "2",
  failed: "f",
};

/** What the guide's production has: an account, and its database. */
beforeAll(async () => {
  server = await startPostgres();
  await onServer(server.url("postgres"), `CREATE ROLE "user" LOGIN PASSWORD 'password'`);
  await onServer(server.url("postgres"), `CREATE DATABASE aurora_db OWNER "user"`);
  places["port"] = server.port;
  checkout = await checkOutExample("aurora");
  await linkKeelson(checkout);
});
afterAll(() => server?.stop());

describe("the table of rewritten words", () => {
  test("leaves no word of Alembic in any command, and nothing without a counterpart", () => {
    const rewritten = commands.map(({ run }) => words.rewrite(run, places));
    expect(rewritten).not.toContain(null);
    expect(rewritten.filter((line) => /alembic|abc123|[<>]|\.py\b/.test(line ?? ""))).toEqual([]);
  });

  test("touches no command of the helper script, and none that looks at the database", () => {
    const plain = commands.map(({ run }) => run).filter((run) => !/abc123|alembic|[<@]/.test(run));
    expect(plain).toContain('sqlite3 aurora.db ".schema users"');
    for (const run of plain) expect(words.rewrite(run, places)).toBe(run);
  });

  test("has no entry that no command needs", () => {
    expect(words.unused(commands.map(({ run }) => run))).toEqual([]);
  });
});

describe.sequential("every command of the guide, in its order", () => {
  test.each(sections)("$title", async (section) => {
    await checkout.shell.renew();
    for (const step of section.steps) {
      if ("byHand" in step) await byHand[step.byHand]();
      else await runDocumented(step);
    }
    await outcomes[section.title]?.();
  });
});

async function runDocumented(command: DocumentedCommand): Promise<void> {
  const line = words.rewrite(command.run, places) ?? "";
  const { code, output } = await (command.asks === true ? answer(line) : type(line));
  const told = `$ ${line}\n${output}`;
  expect(code, told).toBe(0);
  if (command.shows !== undefined) expect(told).toMatch(command.shows);
}

/** The editor of the guide's reader, which corrects the name of a table. */
const editor = { EDITOR: "sed -i s/no_such_table/notes/" };

async function type(line: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const { code, stdout, stderr } = await checkout.shell.run(line, { env: editor, timeout: 240_000 });
  return { code, output: stdout + stderr };
}

/** Says yes on a terminal. */
async function answer(line: string): Promise<{ readonly code: number | null; readonly output: string }> {
  if (withoutTerminal) return await type(`${line} --yes`);
  const run = startLineOnTerminal(line, { cwd: checkout.folder });
  await run.shows(/Revert\?/);
  run.type("y");
  const { code, screen } = await run.done;
  return { code, output: screen };
}

async function run(line: string, code = 0): Promise<string> {
  const result = await type(line);
  expect(result.code, `$ ${line}\n${result.output}`).toBe(code);
  return result.output;
}

const database = () => lookAtSqlite(checkout.path("aurora.db"));

/** What a reader of the guide does between its commands. */
const byHand: Readonly<Record<HandWork, () => Promise<void>>> = {
  "begin at the initial schema": async () => {
    await takeWholeHistory();
    await rm(checkout.path("aurora.db"), { force: true });
    for (const file of await readdir(checkout.path("migrations"))) {
      if (!file.startsWith(initial)) await rm(checkout.path("migrations", file));
    }
    await changeModels(modelsAtFirst);
  },
  "begin at the initial schema, applied": async () => {
    await byHand["begin at the initial schema"]();
    await run("./scripts/db-migrate.sh upgrade");
  },
  "take the whole history": async () => {
    await takeWholeHistory();
    // Whoever tried something of their own begins again from what everybody has.
    await rm(checkout.path("aurora.db"), { force: true });
    await run(`./scripts/db-migrate.sh upgrade-to ${revisions.first}`);
  },
  "add a column for preferences": () =>
    changeModels((text) => text.replace(/updatedAt: .*\n/, (line) => `${line}    preferences: json(),\n`)),
  "define the model UserPreference": () => changeModels(withUserPreference),
  "change a model": () =>
    changeModels((text) => text.replace(/updatedAt: .*\n/, (line) => `${line}    locale: varchar({ length: 10 }),\n`)),
  "apply everything": async () => void (await run("./scripts/db-migrate.sh upgrade")),
  "take the last revision back": async () => void (await run("./scripts/db-migrate.sh downgrade --yes")),
  "register a user": async () => {
    await database().rows("INSERT INTO users (username, email, hashed_password) VALUES ('a', 'a@example.com', 'x')");
  },
  "apply the revisions by hand": async () => {
    await rm(checkout.path("aurora.db"), { force: true });
    await run(`./scripts/db-migrate.sh show-sql ${revisions.preferences} | sqlite3 aurora.db`);
    await loseLedger();
  },
  "write revisions in two branches": async () => {
    const written: string[] = [];
    for (const message of ["ours", "theirs"]) {
      const output = await run(`npx keelson create --empty --parent ${revisions.cancelled} "${message}"`);
      written.push(/[0-9a-f]{12}/.exec(output)?.[0] ?? "");
    }
    places["head1"] = written[0] ?? "";
    places["head2"] = written[1] ?? "";
    expect(await run("./scripts/db-migrate.sh upgrade", 4)).toMatch(/2 heads[\s\S]*keelson merge/);
  },
  "lose track of the revisions": loseLedger,
  "write a failing migration": async () => {
    await run("./scripts/db-migrate.sh upgrade");
    await run('npx keelson create --empty "add notes"');
    const files = (await readdir(checkout.path("migrations"))).filter((file) => file.includes("add_notes"));
    for (const file of files) {
      const text = await readFile(checkout.path("migrations", file), "utf8");
      const up = "CREATE TABLE notes (id integer);\nCREATE INDEX ix_notes_id ON no_such_table (id);\n";
      const written = text.replace("-- keelson:up\n", `-- keelson:up\n${up}`);
      await writeFile(
        checkout.path("migrations", file),
        written.replace("-- keelson:down\n", "-- keelson:down\nDROP TABLE notes;\n"),
      );
    }
    places["failed"] = files.find((file) => file.includes("sqlite")) ?? "";
    expect(await run("./scripts/db-migrate.sh upgrade", 6)).toMatch(/no_such_table/);
    expect(await database().tables()).toEqual(allNames);
  },
};

async function takeWholeHistory(): Promise<void> {
  for (const folder of ["models", "migrations"]) {
    await rm(checkout.path(folder), { recursive: true, force: true });
    await mkdir(checkout.path(folder));
    await cp(join(example, folder), checkout.path(folder), { recursive: true });
  }
}

async function changeModels(change: (text: string, engine: "postgres" | "sqlite") => string): Promise<void> {
  for (const engine of ["postgres", "sqlite"] as const) {
    const file = checkout.path("models", `${engine}.ts`);
    await writeFile(file, change(await readFile(file, "utf8"), engine));
  }
}

async function loseLedger(): Promise<void> {
  const aurora = database();
  const tables = await aurora.rows(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'keelson~_%' ESCAPE '~'",
  );
  expect(tables).not.toEqual([]);
  for (const { name } of tables) await aurora.rows(`DROP TABLE "${String(name)}"`);
}

/** What must be true after a section, looked at from outside. */
const outcomes: Readonly<Record<string, () => Promise<void>>> = {
  "Initial setup": async () => {
    expect(await database().tables()).toEqual(firstNames);
    expect((await database().indexes()).map((name) => name.replace(" unique", ""))).toEqual(firstIndexes);
    expect(await run("npx keelson create --check")).toMatch(/No changes detected/);
  },
  "Creating a new migration": async () => {
    expect((await database().columns())["users"]).toContain("preferences JSON");
  },
  create: async () => {
    const written = (await readdir(checkout.path("migrations"))).filter((file) => !file.startsWith(initial));
    expect(written.map((file) => file.replace(/^\d{14}_/, "")).sort()).toEqual([
      "add_user_preferences_table.postgres.sql",
      "add_user_preferences_table.sqlite.sql",
    ]);
    expect(await database().tables()).toEqual(firstNames);
  },
  upgrade: async () => expect(await database().tables()).toEqual(allNames),
  downgrade: async () => expect(await database().tables()).toEqual([]),
  "upgrade-to": async () => expect(await database().tables()).toEqual(allNames),
  "downgrade-to": async () => {
    expect(await database().tables()).toEqual(allNames);
    expect((await database().columns())["users"]).not.toContain("status VARCHAR(20)");
  },
  "show-sql": async () => {
    await run(`./scripts/db-migrate.sh show-sql ${revisions.preferences} | sqlite3 shown.db`);
    expect(await lookAtSqlite(checkout.path("shown.db")).dump()).toEqual(await database().dump());
  },
  stamp: async () => {
    expect(await run("./scripts/db-migrate.sh current")).toMatch(/fa6706f27677/);
    expect(await run("./scripts/db-migrate.sh status")).not.toMatch(/pending/);
  },
  reset: async () => {
    expect(await database().rows("SELECT * FROM users")).toEqual([]);
    expect(await database().tables()).toEqual(allNames);
  },
  "Manual Alembic commands": async () => {
    expect((await database().columns())["users"]).not.toContain("status VARCHAR(20)");
  },
  "Adding new models": async () => expect(await database().tables()).toEqual(allNames),
  "Development workflow": async () => {
    expect((await database().columns())["users"]).not.toContain("locale VARCHAR(10)");
  },
  Production: async () => {
    await run("./scripts/db-migrate.sh upgrade");
    expect(await run("./scripts/db-migrate.sh status")).toMatch(/Status:\nfa6706f27677 \(head\)\n\n/);
    expect(await lookAtPostgres(server.url("aurora_db")).tables()).toEqual(allNames);
    expect(await run("./scripts/db-migrate.sh show-sql")).toMatch(/CREATE TYPE public\.task_status/);
  },
  "Test full cycle": async () => expect(await database().tables()).toEqual(allNames),
  "Database out of sync": async () => {
    expect(await run("./scripts/db-migrate.sh current")).toMatch(/25c45baa9b69/);
  },
  "Failed migration": async () => expect(await database().tables()).toEqual([...allNames, "notes"].sort()),
  "Reset everything": async () => expect(await database().tables()).toEqual([...allNames, "notes"].sort()),
};
