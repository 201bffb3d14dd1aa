import { readFile, rm } from "node:fs/promises";
import pg from "pg";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { type Run, startProgram } from "../../support/run-keelson.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";

let checkout: Checkout;
const servers: Run[] = [];

beforeAll(async () => {
  checkout = await checkOutExample("aiwebengine");
  await linkKeelson(checkout);
});

afterEach(async () => {
  await checkout.shell.renew();
  for (const server of servers.splice(0)) {
    server.kill("SIGTERM");
    await server.done;
  }
});

/** The tables of the guide: every column with its type, and whether it may be null; then what is unique. */
const schema = {
  scripts: {
    columns: {
      id: "uuid",
      uri: "text",
      code: "text",
      created_at: "timestamp with time zone",
      updated_at: "timestamp with time zone",
      initialized: "boolean",
      init_error: "text null",
      last_init_time: "timestamp with time zone null",
    },
    unique: ["uri"],
  },
  assets: {
    columns: {
      id: "uuid",
      public_path: "text",
      mimetype: "text",
      content: "bytea",
      created_at: "timestamp with time zone",
      updated_at: "timestamp with time zone",
    },
    unique: ["public_path"],
  },
  logs: {
    columns: { id: "uuid", script_uri: "text", message: "text", created_at: "timestamp with time zone" },
    unique: [],
  },
  users: {
    columns: {
      id: "uuid",
      user_id: "text",
      email: "text",
      name: "text null",
      provider: "text",
      is_admin: "boolean",
      is_editor: "boolean",
      created_at: "timestamp with time zone",
      updated_at: "timestamp with time zone",
      last_login_at: "timestamp with time zone",
    },
    unique: ["email", "user_id"],
  },
  sessions: {
    columns: {
      id: "uuid",
      session_id: "text",
      user_id: "text",
      data: "jsonb",
      created_at: "timestamp with time zone",
      expires_at: "timestamp with time zone",
      last_accessed_at: "timestamp with time zone",
    },
    unique: ["session_id"],
  },
} as const;

describe("the schema", () => {
  test("is the five tables of the guide, exactly, where the guide's revisions end; later ones add to them", async () => {
    const url = await freshDatabase();
    const env = { DATABASE_URL: url };
    const run = await checkout.shell.run("./scripts/db.sh migrate-run 20241024000005", { env });
    expect(run.code, run.stderr).toBe(0);
    expect(await describeTables(url)).toEqual(schema);
    const rest = await checkout.shell.run("./scripts/db.sh migrate-run", { env });
    expect(rest.code, rest.stderr).toBe(0);
    expect(await describeTables(url)).toEqual({
      ...schema,
      scripts: { ...schema.scripts, columns: { ...schema.scripts.columns, priority: "integer" } },
      logs: { ...schema.logs, columns: { ...schema.logs.columns, level: "USER-DEFINED" } },
    });
    const levels = await onServer(url, "SELECT unnest(enum_range(NULL::log_level))::text AS level");
    expect(levels.map((row) => row["level"])).toEqual(["debug", "info", "warn", "error", "fatal"]);
  });

  test("is gone without a trace once every revision is taken back", async () => {
    const url = await freshDatabase();
    const env = { DATABASE_URL: url };
    await checkout.shell.run("./scripts/db.sh migrate-run", { env });
    const back = await checkout.shell.run("./scripts/db.sh migrate-revert base", { env });
    expect(back.code, back.stderr).toBe(0);
    expect(await describeTables(url)).toEqual({});
  });
});

describe("scripts/db.sh", () => {
  test("works on the embedded database where none is configured, from any folder", async () => {
    const script = checkout.path("scripts", "db.sh");
    const db = (command: string) => checkout.shell.run(`cd / && "${script}" ${command}`);
    await rm(checkout.path(".keelson"), { recursive: true, force: true });
    expect(await db("migrate-run")).toMatchObject({ code: 0 });
    const listed = await db(String.raw`psql -c "\dt"`);
    expect(listed.stdout).toMatch(/assets[\s\S]*logs[\s\S]*scripts[\s\S]*sessions[\s\S]*users/);
    expect(await db("migrate-revert")).toMatchObject({ code: 0 });
    const info = await db("migrate-info");
    expect(info.code).toBe(0);
    expect(info.stdout).toMatch(/Pending migrations: 1\b[\s\S]*find what went wrong \(pending\)/);
  }, 60_000);

  test("asks before it takes back a revision of production", async () => {
    const url = await freshDatabase();
    const env = { APP_REPOSITORY__DATABASE_URL: url };
    expect(await checkout.shell.run("./scripts/db.sh --prod migrate-run", { env })).toMatchObject({ code: 0 });
    expect(await checkout.shell.run("./scripts/db.sh --prod migrate-revert", { env })).toMatchObject({ code: 7 });
    expect(await onServer(url, "SELECT id FROM keelson.ledger")).toHaveLength(11);
  });

  test("says that there is no such command, and that there are no backups yet", async () => {
    const unknown = await checkout.shell.run("./scripts/db.sh migrate-everything");
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("--help") });
    const backup = await checkout.shell.run("./scripts/db.sh backup backup.sql");
    expect(backup).toMatchObject({ code: 1, stderr: expect.stringContaining("no backup was made") });
    await expect(readFile(checkout.path("backup.sql"))).rejects.toThrow("ENOENT");
  });
});

describe("the server", () => {
  test("upgrades once however many replicas start at once, then serves", async () => {
    const url = await freshDatabase();
    const replicas = Array.from({ length: 6 }, () => start({ url }));
    const addresses = await Promise.all(replicas.map(listening));
    const logs = await Promise.all(replicas.map((replica) => replica.output(/Applied 11 revisions|up to date/)));
    expect(logs.filter(([text]) => text === "Applied 11 revisions")).toHaveLength(1);
    for (const address of addresses) {
      expect(await (await fetch(`${address}/health`)).json()).toEqual({ status: "ok" });
      expect(await (await fetch(`${address}/tables`)).json()).toEqual({ tables: Object.keys(schema).sort() });
    }
    expect((await fetch(`${addresses[0]}/nothing`)).status).toBe(404);
  }, 60_000);

  test("refuses to start without auto_migrate while revisions are pending, and starts once none is", async () => {
    const url = await freshDatabase();
    const refused = await start({ url, configuration: "config.production.toml" }).done;
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("20241024000005_create_sessions.sql") });
    expect(await describeTables(url)).toEqual({});
    const env = { APP_REPOSITORY__DATABASE_URL: url };
    expect(await checkout.shell.run("./scripts/db.sh --prod migrate-run", { env })).toMatchObject({ code: 0 });
    await start({ url, configuration: "config.production.toml" }).output(/Listening/);
  }, 60_000);

  test("names the variable that its configuration needs", async () => {
    const ended = await start({ url: "" }).done;
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("APP_REPOSITORY__DATABASE_URL is not set"),
    });
  });
});

function start(options: { readonly url: string; readonly configuration?: string }): Run {
  const args = ["server.js", ...(options.configuration === undefined ? [] : [options.configuration])];
  const env = { PORT: "0", APP_REPOSITORY__DATABASE_URL: options.url };
  const server = startProgram(process.execPath, args, { cwd: checkout.folder, env });
  servers.push(server);
  return server;
}

async function listening(server: Run): Promise<string> {
  const [, , port] = await server.output(/Listening on http:\/\/([\d.]+):(\d+)/);
  return `http://127.0.0.1:${port}`;
}

async function describeTables(url: string): Promise<Readonly<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = await client.query<{ table: string; column: string; type: string }>(columnsQuery);
    const unique = await client.query<{ table: string; columns: string }>(uniqueQuery);
    const tables = [...new Set(columns.rows.map((row) => row.table))];
    const describeTable = (table: string) => ({
      columns: Object.fromEntries(
        columns.rows.filter((row) => row.table === table).map((row) => [row.column, row.type]),
      ),
      unique: unique.rows.filter((row) => row.table === table).map((row) => row.columns),
    });
    return Object.fromEntries(tables.map((table) => [table, describeTable(table)]));
  } finally {
    await client.end();
  }
}

const columnsQuery = `
  SELECT table_name AS "table", column_name AS "column",
         data_type || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END AS type
  FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`;

const uniqueQuery = `
  SELECT c.conrelid::regclass::text AS "table", string_agg(a.attname, ',') AS columns
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
  WHERE c.contype = 'u' AND c.connamespace = 'public'::regnamespace
  GROUP BY c.oid, c.conrelid ORDER BY 1, 2`;
