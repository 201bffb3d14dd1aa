import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShellVariables } from "../shell.ts";
import { readWordTable } from "../word-table.ts";
import { schemesThereAndBack } from "./data-revision.ts";
import { type DocumentedCommand, type HandWork, type Section, sections } from "./documented-commands.ts";
import { type Example, openExample, rows } from "./example.ts";

/** Words of tools that a command must not name any more once it is rewritten. */
const foreignWords = /\b(docker|python|alembic|psql)\b|\.py\b/;
const words = readWordTable("ai-workflow-engine");
const commands = sections.flatMap((section) => section.steps).filter((step) => "run" in step);
const heads = { revision1: "", revision2: "" };

let example: Example;

beforeAll(async () => {
  example = await openExample();
});

afterAll(async () => {
  await example?.line("./run.sh stop");
});

describe("the table of rewritten words", () => {
  test("leaves no word of Docker, Python or Alembic in any command", () => {
    const left = commands.map(({ run }) => words.rewrite(run, heads));
    expect(left.filter((line) => line !== null && foreignWords.test(line))).toEqual([]);
  });

  test("touches no command without such a word, but the one that asks", () => {
    const plain = commands.map(({ run }) => run).filter((run) => !foreignWords.test(run) && run !== "./run.sh --reset");
    const changed = plain.filter((run) => words.rewrite(run, heads) !== null && words.rewrite(run, heads) !== run);
    expect(changed).toEqual([]);
  });

  test("has no entry that no command needs, and says what has no counterpart yet", () => {
    expect(words.unused(commands.map(({ run }) => run))).toEqual([]);
    expect(commands.map(({ run }) => run).filter((run) => words.rewrite(run, heads) === null)).toEqual([
      "./scripts/create_admin.sh",
      "./scripts/create_admin_clean.sh",
      "python ./scripts/seed_initial_data.py",
      "python ./scripts/populate_system_prompts.py",
      "python ./scripts/convert_user_passwords.py",
      "python ./scripts/migrate_user_passwords.py",
      "./scripts/migrate_user_passwords.sh",
      "./scripts/fix_database_users.sh",
    ]);
  });
});

describe.sequential("every command of the page, in its order", () => {
  test.each(sections)("$title", { timeout: 300_000 }, async (section) => {
    await example.shell.renew();
    for (const step of section.steps) {
      if ("byHand" in step) await byHand[step.byHand]();
      else await runDocumented(section, step);
    }
    await outcomes[section.title]?.();
  });
});

test("the history makes what the models declare, and every revision proves again", { timeout: 300_000 }, async () => {
  const pristine = await openExample();
  const checked = await pristine.keelson("create --check");
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes detected") });
  const proven = await pristine.keelson("prove --all");
  expect(proven.code, proven.stdout + proven.stderr).toBe(0);
  expect(proven.stdout.match(/^✓.*up and down, PostgreSQL 15/gm)).toHaveLength(12);
});

test("a revision names the scheme of 100,000 password hashes, and takes it back", { timeout: 300_000 }, async () => {
  await schemesThereAndBack(await openExample(), 100_000);
});

async function runDocumented(section: Section, command: DocumentedCommand): Promise<void> {
  const line = words.rewrite(command.run, heads);
  if (line === null) return;
  const result = await example.shell.run(line, { env: await secrets(section) });
  const told = `$ ${line}\n${result.stdout}${result.stderr}`;
  expect(result.code, told).toBe(command.code ?? 0);
  if (command.prints !== undefined) expect(result.stdout).toBe(command.prints);
  if (command.shows !== undefined) expect(told).toMatch(command.shows);
}

async function secrets({ secrets: names = [] }: Section): Promise<Readonly<Record<string, string>>> {
  const production = names.includes("DATABASE_URL") ? await localUrl("production") : "";
  const values = { POSTGRES_PASSWORD: await password(), DATABASE_URL: production };
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

async function password(): Promise<string> {
  return (await readFile(example.path("secrets", "postgres_password.txt"), "utf8").catch(() => "")).trim();
}

async function localUrl(database = "ai_workflow_engine"): Promise<string> {
  const [, port] = /^DATABASE_PORT=(\d+)$/m.exec(await readFile(example.path(".env"), "utf8")) ?? [];
  return `postgres://ai_workflow:${await password()}@127.0.0.1:${port}/${database}`;
}

const users = "app/database/models/users.ts";
const emailVerified = '    emailVerified: boolean("email_verified").notNull().default(false),\n';
// biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the model
const emailIndex = '    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),\n';
const laterFiles = {
  sessions: ["app/database/models/user-sessions.ts"],
  audit: ["app/database/models/audit-log.ts", "app/database/schema/audit.sql"],
} as const;

let changes = 0;

/** What a reader of the page does between its commands. */
const byHand: Readonly<Record<HandWork, () => Promise<void>>> = {
  "begin where the examples begin": async () => {
    await succeeds("./run.sh start");
    for (const file of [...laterFiles.sessions, ...laterFiles.audit]) await putAside(file);
    await edit(users, emailVerified, "");
    await edit(users, emailIndex, "");
    await succeeds('npx keelson create --yes "take back what the examples add"');
    await succeeds("./scripts/run_migrations --yes");
    expect(await tables()).not.toContain("user_sessions");
    // Production has what the project had so far.
    await rows(await localUrl("postgres"), "CREATE DATABASE production");
    await succeeds("./scripts/run_migrations --yes", { DATABASE_URL: await localUrl("production") });
  },
  "change a model": async () => {
    changes += 1;
    const end = '    description: text().notNull().default(""),\n';
    await edit("app/database/models/settings.ts", end, `${end}    note${changes}: text("note_${changes}"),\n`);
  },
  "write the model of user_sessions": async () => {
    for (const file of laterFiles.sessions) await putBack(file);
  },
  "give users email_verified": () => edit(users, "  },\n  (table) => [", `${emailVerified}  },\n  (table) => [`),
  "give users an index on email": () => edit(users, "  (table) => [\n", `  (table) => [\n${emailIndex}`),
  "write the model of audit_log": async () => {
    for (const file of laterFiles.audit) await putBack(file);
  },
  "have two heads": async () => {
    const head = await onlyHead();
    await succeeds('npx keelson create --empty "mine"');
    heads.revision1 = await onlyHead();
    await succeeds(`npx keelson create --empty --parent ${head} "theirs"`);
    const { stdout } = await succeeds("npx keelson heads");
    heads.revision2 = stdout.match(/^[0-9a-f]{12}/gm)?.find((id) => id !== heads.revision1) ?? "";
    expect(heads.revision2).not.toBe("");
  },
  "change the schema behind Keelson's back": async () => {
    await rows(await localUrl(), "ALTER TABLE users ADD COLUMN nickname text");
  },
};

/** What must be true after a section, looked at from outside. */
const outcomes: Readonly<Record<string, () => Promise<void>>> = {
  "scripts/_generate_migration.sh": async () => {
    // Writing revisions changes no live database.
    expect(await tables()).not.toContain("user_sessions");
  },
  "scripts/run_migrations": async () => {
    expect(await tables()).toEqual(expect.arrayContaining(["audit_log", "user_sessions"]));
    expect(await columns("users")).toContain("email_verified");
    const index = "SELECT indexdef FROM pg_indexes WHERE indexname = 'users_email_key'";
    expect(await rows(await localUrl(), index)).toEqual([[expect.stringContaining("lower(email)")]]);
    await rows(await localUrl(), "INSERT INTO system_settings (key, value) VALUES ('mail.sender', '\"us\"')");
  },
  "Development workflow": async () => {
    expect(await columns("system_settings")).toContain(`note_${changes}`);
    // The restart kept what was there.
    expect(await rows(await localUrl(), "SELECT key FROM system_settings")).toEqual([["mail.sender"]]);
  },
  "Production deployment, on the server there": async () => {
    expect(await columns("system_settings", "production")).toContain(`note_${changes}`);
    expect(await columns("system_settings")).not.toContain(`note_${changes}`);
  },
  "Common issues and solutions": async () => {
    expect(await columns("users")).not.toContain("nickname");
    expect(await columns("system_settings")).toContain(`note_${changes}`);
    expect(await rows(await localUrl(), "SELECT key FROM system_settings")).toEqual([]);
    await succeeds("npx keelson prove");
    await succeeds("npx keelson check");
  },
};

async function succeeds(line: string, env: ShellVariables = {}): Promise<{ readonly stdout: string }> {
  const result = await example.line(line, env);
  expect(result.code, `$ ${line}\n${result.stdout}${result.stderr}`).toBe(0);
  return result;
}

async function onlyHead(): Promise<string> {
  return (await succeeds("npx keelson heads")).stdout.slice(0, 12);
}

async function tables(): Promise<readonly unknown[]> {
  return (await rows(await localUrl(), "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).flat();
}

async function columns(table: string, database?: string): Promise<readonly unknown[]> {
  const query = `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}'`;
  return (await rows(await localUrl(database), query)).flat();
}

async function edit(file: string, old: string, text: string): Promise<void> {
  const before = await readFile(example.path(file), "utf8");
  expect(before).toContain(old);
  await writeFile(
    example.path(file),
    before.replace(old, () => text),
  );
}

async function putAside(file: string): Promise<void> {
  const aside = example.path("aside", file);
  await mkdir(dirname(aside), { recursive: true });
  await rm(aside, { force: true });
  await rename(example.path(file), aside);
}

async function putBack(file: string): Promise<void> {
  await rename(example.path("aside", file), example.path(file));
}
