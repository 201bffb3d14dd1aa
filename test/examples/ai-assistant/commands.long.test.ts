import { readdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLineOnTerminal, terminalMissing } from "../../cli/terminal.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { type Run, runKeelson, startProgram } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";
import { openShell, type Shell } from "../shell.ts";
import { readWordTable } from "../word-table.ts";
import { type DocumentedCommand, type HandWork, type Section, sections } from "./documented-commands.ts";
import { type Api, startApi } from "./start-api.ts";
import { addPeople, addProjects, columnsOf, people, revisionBefore } from "./system-from-before.ts";

/** Words of tools that a command must not name any more once it is rewritten. */
const foreignWords = /\b(python|uvicorn|Invoke-RestMethod|ConvertTo-Json)\b|@\{/;
const words = readWordTable("ai-assistant");
const commands = sections.flatMap((section) => section.steps).filter((step) => "run" in step);
const apiPort = 10_000 + (process.pid % 20_000);

let database: string;
let checkout: Checkout;
let shells: Readonly<Record<"example" | "backend", Shell>>;
const servers: Run[] = [];

beforeAll(async () => {
  database = await freshDatabase({ name: "ai_assistant" });
  checkout = await checkOutExample("ai-assistant");
  await linkKeelson(checkout);
  shells = {
    example: await openShell(checkout.folder, surroundings()),
    backend: await openShell(checkout.path("backend"), surroundings()),
  };
});

afterAll(async () => {
  for (const server of servers) server.kill("SIGTERM");
  await Promise.all(servers.map((server) => server.done));
});

describe("the history", () => {
  test("is what the models declare, and every revision is proven", async () => {
    for (const line of ["create --check", "prove --all"]) {
      const done = await runKeelson(line.split(" "), { cwd: checkout.path("backend"), timeout: 240_000 });
      expect(done, done.stderr).toMatchObject({ code: 0 });
    }
    expect(await revisions()).toEqual(await revisionsOfRepository());
  }, 300_000);
});

describe("the table of rewritten words", () => {
  test("leaves no word of Python or PowerShell in any command", () => {
    const left = commands.map(({ run }) => rewrite(run)).filter((line) => line === null || foreignWords.test(line));
    expect(left).toEqual([]);
  });

  test("touches no command without such a word", () => {
    const plain = commands.map(({ run }) => run).filter((run) => !(foreignWords.test(run) || run.startsWith("$")));
    expect(plain.map(rewrite)).toEqual(plain);
  });

  test("has no entry that no command needs", () => {
    expect(words.unused(commands.map(({ run }) => run))).toEqual([]);
  });
});

describe.skipIf(terminalMissing()).sequential("every command of the document, in its order", () => {
  test.each(sections)("$title", { timeout: 120_000 }, async (section) => {
    for (const shell of Object.values(shells)) await shell.renew();
    for (const step of section.steps) {
      if ("byHand" in step) await byHand[step.byHand]();
      else if ("sql" in step) await onServer(database, step.sql);
      else await runDocumented(section, step);
    }
    await outcomes[section.title]?.();
  });
});

function rewrite(command: string): string | null {
  return words.rewrite(command, { api: apiPort });
}

async function runDocumented(section: Section, command: DocumentedCommand): Promise<void> {
  const line = rewrite(command.run) ?? "false";
  const cwd = section.folder === undefined ? checkout.folder : checkout.path(section.folder);
  const env = { ...surroundings(), ...command.env };
  if (command.serves !== undefined) {
    const server = startProgram("bash", ["-c", `exec ${line}`], { cwd, env, timeout: 120_000 });
    servers.push(server);
    await server.output(command.serves);
    return;
  }
  const { code, output } =
    command.answer === undefined
      ? await runLine(shells[section.folder ?? "example"], line, env)
      : await runOnTerminal(line, { cwd, env, answer: command.answer });
  const told = `$ ${line}\n${output}`;
  expect(code, told).toBe(command.code ?? 0);
  if (command.shows !== undefined) expect(output, told).toMatch(command.shows);
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function runLine(shell: Shell, line: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const { code, stdout, stderr } = await shell.run(line, { env });
  return { code, output: stdout + stderr };
}

async function runOnTerminal(
  line: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly answer: string },
): Promise<Ended> {
  const run = startLineOnTerminal(line, options);
  await run.shows(/Add multi-user support[\s\S]*No/);
  run.type(options.answer);
  const { code, screen } = await run.done;
  return { code, output: screen };
}

/** What psql and pg_dump need to find the server, and the API to be at hand. */
function surroundings(): Readonly<Record<string, string>> {
  const url = new URL(database);
  return { PGHOST: url.hostname, PGPORT: url.port, PGPASSWORD: url.password, PORT: String(apiPort) };
}

const byHand: Readonly<Record<HandWork, () => Promise<void>>> = {
  "have a system from before": async () => {
    await writeFile(checkout.path("backend", ".env"), `DATABASE_URL="${database}"\nSECRET_KEY="${"s".repeat(40)}"\n`, {
      mode: 0o600,
    });
    const before = await revisionBefore(checkout);
    expect(await shells.backend.run(`npx keelson upgrade ${before}`)).toMatchObject({ code: 0 });
    await addPeople(database);
    await addProjects(database, 100_000);
    await expectFailingApi();
  },
  "tell the ledger": async () => {
    const told = await shells.backend.run("npx keelson downgrade --yes");
    expect(told.code, told.stderr).toBe(0);
    expect(await columnsOf(database, "projects")).toEqual(["id", "name", "description"]);
  },
  "take the superuser away": async () => {
    await onServer(database, "UPDATE users SET is_superuser = false");
  },
  "let the change fail in its middle": async () => {
    await onServer(
      database,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'project % is locked', NEW.id; END $$;
       CREATE TRIGGER refuse BEFORE UPDATE ON projects FOR EACH ROW WHEN (NEW.id = 60000) EXECUTE FUNCTION refuse();`,
    );
  },
};

/** What must be true after a section, looked at from outside. */
const outcomes: Readonly<Record<string, () => Promise<void>>> = {
  Usage: async () => {
    expect(await owners()).toEqual([{ username: "boss", projects: 100_000 }]);
    expect(await namesAreKept(100_000)).toBe(true);
  },
  "Running Migrations": async () => {
    const name = (await readdir(checkout.folder)).find((file) => /^backup_\d{8}\.sql$/.test(file)) ?? "";
    expect(await readFile(checkout.path(name), "utf8")).toContain("CREATE TABLE public.projects");
  },
  "Testing After Migration": async () => {
    expect(await owners()).toEqual([
      { username: "boss", projects: 100_000 },
      { username: "testuser", projects: 1 },
    ]);
  },
  Rollback: async () => {
    expect(await columnsOf(database, "projects")).toEqual(["id", "name", "description"]);
    expect(await namesAreKept(100_000)).toBe(true);
    await expectFailingApi();
  },
  "Troubleshooting: no superuser": async () => {
    expect(await owners()).toEqual([{ username: "admin", projects: 100_001 }]);
  },
  "Troubleshooting: rollback of the transaction": async () => {
    expect(await columnsOf(database, "projects")).toEqual(["id", "name", "description"]);
    await onServer(database, "DROP FUNCTION refuse CASCADE");
    const again = await shells.backend.run("./migrations/add_user_id_to_projects --yes");
    expect(again.code, again.stderr).toBe(0);
    expect(await owners()).toEqual([{ username: "admin", projects: 100_001 }]);
  },
};

/** "GET/POST to /api/projects returns 500 error": what people see until the revision has run. */
async function expectFailingApi(): Promise<void> {
  const api: Api = await startApi(checkout, database);
  try {
    const token = await api.logIn(people.testuser);
    expect((await api.get("/api/projects", token)).status).toBe(500);
    expect((await api.post("/api/projects", token, { name: "Early" })).status).toBe(500);
    expect(api.log()).toContain("column projects.user_id does not exist");
  } finally {
    await api.stop();
  }
}

async function owners(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return await onServer(
    database,
    `SELECT username, count(*)::integer AS projects FROM projects JOIN users ON users.id = user_id
     WHERE projects.created_at IS NOT NULL AND projects.updated_at IS NOT NULL GROUP BY username ORDER BY username`,
  );
}

async function namesAreKept(count: number): Promise<boolean> {
  const rows = await onServer(database, "SELECT count(*)::integer AS kept FROM projects WHERE name = 'Project ' || id");
  return rows[0]?.["kept"] === count;
}

async function revisions(): Promise<Readonly<Record<string, string>>> {
  return await textsOf(checkout.path("backend", "migrations"));
}

/** `prove` rewrites a header whose proof does not hold any more. */
async function revisionsOfRepository(): Promise<Readonly<Record<string, string>>> {
  return await textsOf(new URL("../../../examples/ai-assistant/backend/migrations", import.meta.url).pathname);
}

async function textsOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}
