import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, dropDatabase } from "../../../src/testing/index.ts";
import { freshDatabase, sharedServer } from "../../support/postgres.ts";
import type { RunResult } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";
import { openShell, type Shell, type ShellVariables } from "../shell.ts";
import { type Api, startApi } from "./start-api.ts";
import { addPeople, addProjects, columnsOf, people, revisionBefore } from "./system-from-before.ts";

let checkout: Checkout;
let backend: Shell;
/** Everything but the revision in TypeScript, with accounts and 30 projects that belong to nobody. */
let before: string;
/** The same with that revision. */
let after: string;
const copies: string[] = [];

beforeAll(async () => {
  checkout = await checkOutExample("ai-assistant");
  await linkKeelson(checkout);
  backend = await openShell(checkout.path("backend"));
  before = await freshDatabase();
  const upgraded = await run(`npx keelson upgrade ${await revisionBefore(checkout)}`, before);
  expect(upgraded.code, upgraded.stderr).toBe(0);
  await addPeople(before);
  await addProjects(before, 30);
  after = await copyOf(before);
  const migrated = await run(script("--yes"), after);
  expect(migrated.code, migrated.stderr).toBe(0);
});

afterAll(async () => {
  for (const name of copies) await dropDatabase(sharedServer().url(), name);
});

describe("the schema", () => {
  test("has a table with keys for everything that is stored", async () => {
    const rows = await onServer(after, constraintsQuery);
    expect(rows.map((row) => row["told"])).toEqual([
      "projects CHECK ((name <> ''::text))",
      "projects FOREIGN KEY (assistant_id) REFERENCES roles(id) ON DELETE SET NULL",
      "projects FOREIGN KEY (user_id) REFERENCES users(id)",
      "projects PRIMARY KEY (id)",
      "roles CHECK (((temperature >= (0)::numeric) AND (temperature <= (2)::numeric)))",
      "roles CHECK ((name <> ''::text))",
      "roles PRIMARY KEY (id)",
      "roles UNIQUE (name)",
      "user_sessions CHECK ((expires_at > created_at))",
      "user_sessions FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
      "user_sessions PRIMARY KEY (id)",
      "users CHECK ((POSITION(('@'::text) IN (email)) > 1))",
      "users CHECK ((password_hash <> ''::text))",
      "users CHECK ((username <> ''::text))",
      "users PRIMARY KEY (id)",
      "users UNIQUE (username)",
    ]);
    expect(await columnsOf(after, "projects")).toEqual(finalColumns);
  });

  test("has a status for accounts to which a value was added in its middle", async () => {
    const rows = await onServer(after, "SELECT unnest(enum_range(NULL::user_status))::text AS value");
    expect(rows.map((row) => row["value"])).toEqual(["pending", "active", "locked", "disabled"]);
  });

  test("has one account for one address, however it is written", async () => {
    const insert = "INSERT INTO users (email, username, password_hash) VALUES ('Boss@Example.com', 'double', 'x')";
    await expect(onServer(after, insert)).rejects.toThrow(/users_email_unique/);
  });
});

describe("add_user_id_to_projects", () => {
  test("gives every project to the superuser, and does nothing the second time", async () => {
    expect(await owners(after)).toEqual([{ username: "boss", projects: 30 }]);
    const again = await run(script(), after);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing to do") });
  });

  test("works from any folder, and where nobody can answer it asks for --yes and changes nothing", async () => {
    const url = await copyOf(before);
    const asked = await run(`cd / && "${checkout.path("backend", "migrations", "add_user_id_to_projects")}"`, url);
    expect(asked).toMatchObject({ code: 7, stderr: expect.stringMatching(/30 projects without an owner go to boss/) });
    expect(await columnsOf(url, "projects")).toEqual(["id", "name", "description"]);
    expect((await run(script("--help"), url)).stdout).toMatch(/--yes[\s\S]*--dry-run/);
  });

  test("keeps what was added by hand, and adds what lacks", async () => {
    const url = await copyOf(before);
    await onServer(
      url,
      `ALTER TABLE projects ADD COLUMN user_id integer CONSTRAINT by_hand REFERENCES users (id) ON DELETE CASCADE;
       ALTER TABLE projects ADD COLUMN created_at timestamptz;
       UPDATE projects SET user_id = (SELECT id FROM users WHERE username = 'other'), created_at = '2020-02-02' WHERE id <= 10`,
    );
    const done = await run(script("--yes"), url);
    expect(done.stderr + done.stdout).toMatch(/user_id is there already[\s\S]*by_hand is replaced/);
    expect(done.code).toBe(0);
    expect(await owners(url)).toEqual([
      { username: "boss", projects: 20 },
      { username: "other", projects: 10 },
    ]);
    const kept = await onServer(url, "SELECT count(*)::integer AS kept FROM projects WHERE created_at = '2020-02-02'");
    expect(kept).toEqual([{ kept: 10 }]);
    expect(await onServer(url, constraintsQuery)).toEqual(await onServer(after, constraintsQuery));
    expect([...(await columnsOf(url, "projects"))].sort()).toEqual([...finalColumns].sort());
  });

  test("is recorded without running where all of it was done by hand", async () => {
    const url = await copyOf(after);
    await onServer(url, "DELETE FROM keelson.ledger WHERE message = 'add user_id to projects'");
    const done = await run(script(), url);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout + done.stderr).toMatch(/is not needed here: nothing of it was run/);
    expect(await run("npx keelson status --json", url)).toMatchObject({ code: 0 });
  });

  test("refuses a column of another type before anything is changed", async () => {
    const url = await copyOf(before);
    await onServer(url, "ALTER TABLE projects ADD COLUMN user_id text");
    const refused = await run(script("--yes"), url);
    expect(refused).toMatchObject({ code: 6, stderr: expect.stringContaining("user_id is text and must be integer") });
    expect(await columnsOf(url, "projects")).toEqual(["id", "name", "description", "user_id"]);
  });

  test("says whose the table is to a role that may not change it", async () => {
    const url = await copyOf(before);
    const role = "ai_assistant_visitor";
    await onServer(
      url,
      `CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA keelson, public TO ${role};
       GRANT ALL ON ALL TABLES IN SCHEMA keelson TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
    const asVisitor = new URL(url);
    asVisitor.username = role;
    try {
      const refused = await run(script("--yes"), asVisitor.href);
      expect(refused).toMatchObject({ code: 6, stderr: expect.stringMatching(/it belongs to (\w+). Run this as \1/) });
    } finally {
      await onServer(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  test("says so where there is no superuser", async () => {
    const url = await copyOf(before);
    await onServer(url, "UPDATE users SET is_active = false WHERE is_superuser");
    const refused = await run(script("--yes"), url);
    expect(refused).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/No superuser found.*scripts\/init_auth_tables/),
    });
    expect(await columnsOf(url, "projects")).toEqual(["id", "name", "description"]);
  });
});

describe("scripts/init_auth_tables", () => {
  test("makes the tables and one superuser, whose password is nowhere to be read", async () => {
    const url = await freshDatabase();
    const env = { ADMIN_USERNAME: "o'hara", ADMIN_EMAIL: "o@example.com", ADMIN_PASSWORD: "canary of the mine" };
    const made = await runWith({ ...env, DATABASE_URL: url }, "./scripts/init_auth_tables");
    expect(made, made.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Created the superuser o'hara."),
    });
    expect(made.stdout + made.stderr).not.toContain("canary");
    const [user] = await onServer(url, "SELECT * FROM users");
    expect(user).toMatchObject({ username: "o'hara", status: "active", is_superuser: true, is_active: true });
    expect(String(user?.["password_hash"])).toMatch(/^scrypt\$/);
    expect(await columnsOf(url, "projects")).toEqual(["id", "name", "description"]);
    const again = await run("./scripts/init_auth_tables", url);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("There is a superuser already") });
    expect(await onServer(url, "SELECT 1 FROM users")).toHaveLength(1);
  });

  test("explains itself, and refuses what it does not know", async () => {
    expect((await run("./scripts/init_auth_tables --help", before)).stdout).toContain("ADMIN_PASSWORD_FILE");
    expect(await run("./scripts/init_auth_tables --force", before)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no option --force"),
    });
  });
});

describe("the API", () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi(checkout, after);
  });
  afterAll(() => api?.stop());

  test("shows each person their own projects only", async () => {
    const [boss, mine, others] = await Promise.all([
      api.logIn(people.boss),
      api.logIn(people.testuser),
      api.logIn(people.other),
    ]);
    const made = await api.post("/api/projects", mine, {
      name: "Mine",
      description: "'; DROP TABLE projects; --",
      assistant_id: 1,
    });
    expect(made).toMatchObject({ status: 201, body: { name: "Mine", assistant_id: 1 } });
    expect(await api.post("/api/projects", others, { name: "Theirs" })).toMatchObject({ status: 201 });
    expect(await namesOf(mine)).toEqual(["Mine"]);
    expect(await namesOf(others)).toEqual(["Theirs"]);
    expect(await namesOf(boss)).toHaveLength(30);
    expect((await api.get("/api/projects?limit=2&offset=1", boss)).body).toHaveLength(2);
  });

  test.each([
    ["nothing", undefined],
    ["something else", "x"],
    [
      "a token of another secret",
      `${token({ alg: "HS256", typ: "JWT" })}.${token({ sub: "1", sid: "x", exp: 9e9 })}.x`,
    ],
  ])("answers 401 to %s for a token", async (_what, bearer) => {
    expect(await api.get("/api/projects", bearer)).toMatchObject({ status: 401 });
  });

  test("answers 401 to a token that was changed, and to one whose session was ended", async () => {
    const good = await api.logIn(people.testuser);
    const [header, , signature] = good.split(".");
    const claims = JSON.parse(Buffer.from(good.split(".")[1] ?? "", "base64url").toString()) as {
      readonly sid: string;
    };
    const changed = `${header}.${token({ ...claims, sub: "1" })}.${signature}`;
    expect(await api.get("/api/projects", changed)).toMatchObject({ status: 401 });
    expect(await api.get("/api/projects", good)).toMatchObject({ status: 200 });
    await onServer(after, `UPDATE user_sessions SET revoked_at = now() WHERE id = '${claims.sid}'`);
    expect(await api.get("/api/projects", good)).toMatchObject({ status: 401 });
  });

  test.each([
    ["a wrong password", { username: "testuser", password: "wrong" }, 401],
    ["an unknown name", { username: "nobody", password: "test12345" }, 401],
    ["an account that is locked", people.asleep, 401],
    ["no password", { username: "testuser" }, 400],
    ["a character that no text may have", { username: "test\0user", password: "test12345" }, 400],
  ])("does not log in with %s", async (_what, fields, status) => {
    const body = new URLSearchParams({ ...fields });
    expect(await api.ask("/api/auth/login", { method: "POST", body })).toMatchObject({ status });
  });

  test("does not log in with JSON, nor with a hash that it can't check", async () => {
    const body = JSON.stringify(people.testuser);
    expect(await api.ask("/api/auth/login", { method: "POST", body })).toMatchObject({ status: 400 });
    await onServer(
      after,
      `INSERT INTO users (email, username, password_hash, status, is_superuser, is_active)
       VALUES ('admin@example.com', 'admin', '$2b$12$yourhashhere', 'active', true, true)`,
    );
    const form = new URLSearchParams({ username: "admin", password: "yourpassword" });
    expect(await api.ask("/api/auth/login", { method: "POST", body: form })).toMatchObject({ status: 401 });
  });

  test.each([
    ["no name", { description: "x" }],
    ["an empty name", { name: " " }],
    ["a name that is a number", { name: 1 }],
    ["a character that no text may have", { name: "a\0b" }],
    ["an assistant that is not there", { name: "a", assistant_id: 4711 }],
    ["an assistant that can't be", { name: "a", assistant_id: 2 ** 40 }],
    ["somebody else for an owner", { name: "a", user_id: 1 }],
    ["a list", []],
  ])("answers 400 to a project with %s", async (_what, project) => {
    const mine = await api.logIn(people.other);
    expect(await api.post("/api/projects", mine, project)).toMatchObject({ status: 400 });
    expect(await api.get("/api/projects?limit=many", mine)).toMatchObject({ status: 400 });
  });

  test("answers 404 and 405, refuses what is too large, and writes no secret into its log", async () => {
    const mine = await api.logIn(people.testuser);
    expect(await api.get("/api/nothing")).toMatchObject({ status: 404 });
    expect(await api.ask("/api/projects", { method: "DELETE" })).toMatchObject({ status: 405 });
    expect(await api.post("/api/projects", mine, { name: "x".repeat(100_000) })).toMatchObject({ status: 413 });
    for (const secret of [people.testuser.password, mine, "only the tests know of", "DROP TABLE"]) {
      expect(api.log()).not.toContain(secret);
    }
  });

  test("answers 500 before the revision, and does not upgrade by itself", async () => {
    const early = await startApi(checkout, before);
    try {
      const mine = await early.logIn(people.testuser);
      expect(await early.get("/api/projects", mine)).toMatchObject({ status: 500 });
      expect(await early.post("/api/projects", mine, { name: "Early" })).toMatchObject({ status: 500 });
      expect(early.log()).toContain("column projects.user_id does not exist");
      expect(await columnsOf(before, "projects")).toEqual(["id", "name", "description"]);
    } finally {
      await early.stop();
    }
  });

  test("does not start without a secret, or without a server", async () => {
    const without = await run("node app/main.js", after);
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining("SECRET_KEY must have 32 characters") });
    const nowhere = await runWith({ SECRET_KEY: "s".repeat(32) }, "node app/main.js");
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining("set DATABASE_URL") });
  });

  async function namesOf(bearer: string): Promise<readonly string[]> {
    const { status, body } = await api.get("/api/projects", bearer);
    expect(status).toBe(200);
    return (body as readonly { readonly name: string }[]).map(({ name }) => name);
  }
});

const finalColumns = ["id", "name", "description", "user_id", "assistant_id", "created_at", "updated_at"];

const constraintsQuery = `
  SELECT (conrelid::regclass || ' ' || pg_get_constraintdef(oid)) COLLATE "C" AS told
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1`;

function script(options = ""): string {
  return `./migrations/add_user_id_to_projects ${options}`;
}

async function run(line: string, database: string): Promise<RunResult> {
  return await runWith({ DATABASE_URL: database }, line);
}

/** Runs a line in a new terminal: what one command was given must not hold for the next. */
async function runWith(env: ShellVariables, line: string): Promise<RunResult> {
  await backend.renew();
  return await backend.run(line, { env });
}

async function copyOf(database: string): Promise<string> {
  const url = await createDatabase(sharedServer().url(), { template: new URL(database).pathname.slice(1) });
  copies.push(new URL(url).pathname.slice(1));
  return url;
}

async function owners(database: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return await onServer(
    database,
    `SELECT username, count(*)::integer AS projects FROM projects JOIN users ON users.id = user_id
     GROUP BY username ORDER BY username`,
  );
}

function token(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}
