import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cacheDirectory } from "../../../src/config/cache-directory.ts";
import { terminalMissing } from "../../cli/terminal.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { startProgram } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";
import { readWordTable } from "../word-table.ts";
import { type DocumentedCommand, type HandWork, type Section, sections } from "./documented-commands.ts";
import { answerYes } from "./on-terminal.ts";

const words = readWordTable("devpocket");
const commands = sections.flatMap((section) => section.steps).filter((step) => "run" in step);
const environments = {
  ".env.dev": { user: "devpocket_dev", password: "dev_password", database: "devpocket_warp_dev" },
  ".env.test": { user: "devpocket_test", password: "test_password", database: "devpocket_warp_test" },
  ".env.staging": {
    user: "devpocket_staging",
    password: "staging_secure_password",
    database: "devpocket_warp_staging",
  },
  ".env.production": { user: "devpocket_prod", password: "prod_very_secure_password", database: "devpocket_warp_prod" },
} as const;

const suiteTime = { timeout: 280_000 };

let server: PostgresServer;
let checkout: Checkout;

/** The servers of the guide's environments are one here; a reader copies the examples and fills in their addresses. */
beforeAll(async () => {
  server = await startPostgres({ auth: "scram-sha-256" });
  checkout = await checkOutExample("devpocket");
  await linkKeelson(checkout);
  for (const [file, { user, password, database }] of Object.entries(environments)) {
    await admin(`CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'`);
    await admin(`CREATE DATABASE ${database} OWNER ${user}`);
    const given = (await readdir(checkout.folder)).includes(file) ? file : `${file}.example`;
    const text = await readFile(checkout.path(given), "utf8");
    const filled = text
      .replace(/^DATABASE_HOST=.*$/m, "DATABASE_HOST=localhost")
      .replace(/^DATABASE_PORT=.*$/m, `DATABASE_PORT=${server.port}`)
      .replace(/^DATABASE_PASSWORD=.*$/m, `DATABASE_PASSWORD=${password}`);
    await writeFile(checkout.path(file), filled);
  }
  await admin("CREATE ROLE test_user LOGIN CREATEDB PASSWORD 'test_pass'");
  await admin("CREATE DATABASE test_db OWNER test_user");
  await admin("CREATE ROLE devpocket_user LOGIN PASSWORD 'secure_password'");
  await server.createDatabase("permissions");
});
afterAll(() => server?.stop());

describe("the table of rewritten words", () => {
  test("leaves no word of Python in any command, and has a counterpart for each", () => {
    const lines = commands.map(({ run }) => rewrite(run));
    expect(lines.filter((line) => line === null || /pytest|\.py\b/.test(line))).toEqual([]);
  });

  test("touches no command of the scripts, but for made-up ids", () => {
    const plain = commands
      .map(({ run }) => run)
      .filter((run) => run.startsWith("./scripts/") && !run.includes("abc123"));
    expect(plain.length).toBeGreaterThan(35);
    for (const run of plain) expect(rewrite(run)).toBe(run);
  });

  test("has no entry that no command needs", () => {
    expect(words.unused(commands.map(({ run }) => run))).toEqual([]);
  });
});

describe.sequential("every command of the guide, in its order", () => {
  test.each(sections)("$title", { timeout: 300_000 }, async (section) => {
    await checkout.shell.renew();
    for (const step of section.steps) {
      if ("byHand" in step) await byHand[step.byHand]();
      else await runDocumented(section, step);
    }
    await outcomes[section.title]?.();
  });
});

describe("what the guide promises besides", () => {
  test("a lock that is not free: who holds it, and the run goes on once it is", async () => {
    await checkout.shell.renew();
    const configuration = await readFile(checkout.path("keelson.config.ts"), "utf8");
    const impatient = configuration.replace("defineConfig({", 'defineConfig({ lockTimeout: "2s",');
    const url = databaseUrl("devpocket_warp_dev", "devpocket_dev", "dev_password");
    // The index that is made concurrently is out of the way: what follows needs the whole table.
    const env = { DATABASE_URL: url };
    expect(await checkout.shell.run("./scripts/db_migrate.sh --force f4905fc1fb43", { env })).toMatchObject({
      code: 0,
    });
    const report = new pg.Client({ connectionString: url, application_name: "nightly report" });
    await report.connect();
    try {
      await writeFile(checkout.path("keelson.config.ts"), impatient);
      await report.query("BEGIN; SELECT count(*) FROM commands");
      const run = startProgram("./scripts/db_migrate.sh", ["--force", "-2"], {
        cwd: checkout.folder,
        env: { ...env, KEELSON_CACHE: cacheDirectory() },
      });
      await run.output(/a lock was not free within 2000 ms; held by process \d+ \(devpocket_dev, nightly report\)/);
      await report.query("ROLLBACK");
      expect(await run.done).toMatchObject({ code: 0, stdout: expect.stringMatching(/Revisions +2 reverted/) });
    } finally {
      await report.end();
      await writeFile(checkout.path("keelson.config.ts"), configuration);
    }
  });

  test("every revision is proven, and the models are the history", async () => {
    await checkout.shell.renew();
    const proven = await checkout.shell.run("npx keelson prove --all");
    expect(proven.code, proven.stdout + proven.stderr).toBe(0);
    expect(proven.stdout.match(/up and down/g)).toHaveLength(9);
    expect(await checkout.shell.run("npx keelson create --check")).toMatchObject({ code: 0 });
    expect(await checkout.shell.run("npx keelson check --env-file .env.production")).toMatchObject({ code: 0 });
  });

  test("the five suites include one that the guide runs only with the others", async () => {
    await checkout.shell.renew();
    const run = await checkout.shell.run("npm test -- test/test_script_integration.js", suiteTime);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toMatch(/✓ test_script_integration\.js {2}\d+ passed\n\n\d+ passed\n/);
  });
});

async function runDocumented(section: Section, command: DocumentedCommand): Promise<void> {
  if (command.sameAs !== undefined) {
    // It prints fewer lines of the same suites.
    expect(rewrite(command.sameAs)).toBe(`${rewrite(command.run)} -v`);
    return;
  }
  if (command.likeSuite !== undefined) {
    const suite = /(test_\w+)\.js$/.exec(rewrite(command.run))?.[1] ?? "";
    expect(rewrite(command.likeSuite).replace(/test_\w+\.js$/, `${suite}.js`)).toBe(rewrite(command.run));
    expect(await readdir(checkout.path("test"))).toContain(`${suite}.js`);
    return;
  }
  const line = rewrite(command.run);
  const env = (section.database === undefined ? {} : { DATABASE_URL: urls()[section.database] }) as Readonly<
    Record<string, string>
  >;
  const asked = command.answersYes === true && !terminalMissing();
  const result = asked
    ? await answerYes(line, { cwd: checkout.folder, env: { ...env, KEELSON_CACHE: cacheDirectory() } })
    : await checkout.shell.run(command.answersYes ? `${line} --force` : line, { env, ...suiteTime });
  const told = `$ ${line}\n${result.stdout}${result.stderr}`;
  expect(result.code, told).toBe(command.code ?? 0);
  if (command.shows !== undefined) expect(told).toMatch(command.shows);
}

function rewrite(command: string): string {
  const line = words.rewrite(command, { port: server?.port ?? 0, admin: server?.url("permissions") ?? "" });
  if (line === null) throw new Error(`There is no counterpart of ${command}`);
  return line;
}

function urls() {
  return {
    devpocket_warp_dev: databaseUrl("devpocket_warp_dev", "devpocket_dev", "dev_password"),
    permissions: databaseUrl("permissions", "devpocket_user", "secure_password"),
  };
}

function databaseUrl(database: string, user: string, password: string): string {
  return `postgresql://${user}:${password}@localhost:${server.port}/${database}`;
}

async function admin(sql: string): Promise<void> {
  await onServer(server.url("postgres"), sql);
}

const preferences = `import { jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

export const userPreferences = pgTable("user_preferences", {
  userId: uuid("user_id").primaryKey().references(() => users.id, { onDelete: "cascade" }),
  settings: jsonb().notNull().default({}),
});
`;

/** What a reader of the guide does between its commands. */
const byHand: Readonly<Record<HandWork, () => Promise<void>>> = {
  "declare the preferences": () => writeFile(checkout.path("models", "preferences.ts"), preferences),
  "drop the preferences": async () => {
    const written = (await readdir(checkout.path("migrations"))).filter((name) => name.includes("preferences"));
    expect(written.join()).toMatch(/^\d{14}_add_user_preferences_table\.sql$/);
    expect(await readFile(checkout.path("migrations", written[0] ?? ""), "utf8")).toMatch(
      /-- parents: b2b7d0438f52[\s\S]*-- proof: up and down[\s\S]*CREATE TABLE public\.user_preferences[\s\S]*DROP TABLE/,
    );
    await rm(checkout.path("migrations", written[0] ?? ""));
    await rm(checkout.path("models", "preferences.ts"));
  },
};

const nineRevisions = 9;

/** What must be true after a section, looked at from outside. */
const outcomes: Readonly<Record<string, () => Promise<void>>> = {
  "Basic operations": async () => expect(await applied("devpocket_warp_dev")).toHaveLength(6),
  "Safety features": async () => expect(await applied("devpocket_warp_dev")).toHaveLength(nineRevisions),
  "Environment-specific operations": async () => {
    expect(await applied("devpocket_warp_prod")).toHaveLength(nineRevisions);
    expect(await tables("devpocket_warp_staging")).toEqual([]);
  },
  "Migration targets": async () => {
    expect(await applied("devpocket_warp_dev")).toEqual(["823653367e4a", "c2678b9d10f2"]);
    expect(await tables("devpocket_warp_dev")).toEqual(firstTables);
  },
  "Seeding, as far as it goes": async () => {
    expect(await applied("devpocket_warp_dev")).toHaveLength(nineRevisions);
    const [counted] = await onServer(server.url("devpocket_warp_dev"), "SELECT count(*)::int AS users FROM users");
    expect(counted).toEqual({ users: 0 });
  },
  "Test environment setup": async () => {
    const left = await onServer(server.url("postgres"), "SELECT datname FROM pg_database WHERE datname LIKE '%suite%'");
    expect(left).toEqual([]);
    expect(await tables("devpocket_warp_test")).toEqual([]);
  },
  "Production migrations": async () => expect(await applied("devpocket_warp_prod")).toHaveLength(nineRevisions),
  "Permission errors": async () => expect(await applied("permissions")).toHaveLength(nineRevisions),
};

const firstTables = ["commands", "devices", "sessions", "ssh_keys", "ssh_profiles", "users"];

async function tables(database: string): Promise<readonly unknown[]> {
  const rows = await onServer(
    server.url(database),
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'keelson%' ORDER BY 1",
  );
  return rows.map((row) => row["tablename"]);
}

async function applied(database: string): Promise<readonly unknown[]> {
  const rows = await onServer(server.url(database), "SELECT id FROM keelson_ledger ORDER BY id");
  return rows.map((row) => row["id"]);
}
