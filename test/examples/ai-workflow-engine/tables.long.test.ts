import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { onServer } from "../on-server.ts";
import { schemesThereAndBack } from "./data-revision.ts";
import { type Example, openExample, rows } from "./example.ts";

// Each test starts several processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let example: Example;

beforeAll(async () => {
  example = await openExample();
});

/** Every noun that the page stores: its columns, then its foreign keys and what is unique besides the primary key. */
const schema: Readonly<Record<string, TableFacts>> = {
  system_settings: { columns: "key value description updated_at", key: "key", refers: [], unique: [] },
  roles: { columns: "name description created_at", key: "name", refers: [], unique: [] },
  users: {
    columns:
      "id email display_name password_hash role status last_login_at created_at updated_at password_scheme email_verified",
    key: "id",
    refers: ["role -> roles"],
    unique: ["lower(email)"],
  },
  permissions: { columns: "id name description", key: "id", refers: [], unique: ["name"] },
  role_permissions: {
    columns: "role permission_id granted_at granted_by",
    key: "role, permission_id",
    refers: ["granted_by -> users", "permission_id -> permissions", "role -> roles"],
    unique: [],
  },
  user_sessions: {
    columns: "id user_id token_hash ip_address user_agent created_at expires_at revoked_at",
    key: "id",
    refers: ["user_id -> users"],
    unique: ["token_hash"],
  },
  user_preferences: {
    columns: "user_id theme language time_zone mail_notifications other updated_at",
    key: "user_id",
    refers: ["user_id -> users"],
    unique: [],
  },
  templates: {
    columns: "id owner_id name body variables is_public created_at updated_at",
    key: "id",
    refers: ["owner_id -> users"],
    unique: ["owner_id, name"],
  },
  system_prompts: {
    columns: "id name number content is_active created_by created_at",
    key: "id",
    refers: ["created_by -> users"],
    unique: ["name", "name, number"],
  },
  conversations: {
    columns: "id user_id title status template_id system_prompt_id created_at updated_at",
    key: "id",
    refers: ["system_prompt_id -> system_prompts", "template_id -> templates", "user_id -> users"],
    unique: [],
  },
  messages: {
    columns: "id conversation_id position role content tokens details created_at",
    key: "id",
    refers: ["conversation_id -> conversations"],
    unique: ['conversation_id, "position"'],
  },
  security_policies: {
    columns: "id name kind description rules is_enabled created_at updated_at",
    key: "id",
    refers: [],
    unique: ["name"],
  },
  audit_log: {
    columns: "id occurred_at user_id service_name database_user table_name row_key action before after",
    key: "id",
    refers: [],
    unique: [],
  },
  password_changes: {
    columns: "id user_id changed_at changed_by service_name",
    key: "id",
    refers: [],
    unique: [],
  },
};

interface TableFacts {
  readonly columns: string;
  readonly key: string;
  readonly refers: readonly string[];
  readonly unique: readonly string[];
}

describe("the schema", () => {
  test("has a table with its keys for everything that the page stores, and is gone once all is taken back", async () => {
    const url = await upgraded();
    expect(await describeTables(url)).toEqual(schema);
    expect(await rows(url, "SELECT name FROM roles ORDER BY name")).toEqual([["admin"], ["user"], ["moderator"]]);
    await rows(url, `${newUser("ada@example.com", "moderator")}; INSERT INTO user_preferences SELECT id FROM users`);
    const back = await example.keelson("downgrade base --yes", url);
    expect(back.code, back.stderr).toBe(0);
    expect(await describeTables(url)).toEqual({});
    expect(await rows(url, "SELECT 1 FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid")).toEqual([]);
  });

  test("is what the models declare", async () => {
    const gate = await example.keelson("check", await upgraded());
    expect(gate.code, gate.stdout + gate.stderr).toBe(0);
  });

  test("refuses what makes no sense", async () => {
    const url = await upgraded();
    await rows(url, newUser("ada@example.com"));
    const refused = async (sql: string) => await rows(url, sql).then(() => "done", String);
    expect(await refused(newUser("ADA@example.com"))).toContain("users_email_key");
    expect(await refused(newUser("nobody"))).toContain("users_email_check");
    expect(await refused(newUser("eve@example.com", "owner"))).toContain("user_role");
    expect(await refused("UPDATE users SET password_scheme = 'bcrypt'")).toContain("users_password_scheme_check");
    expect(await refused("INSERT INTO permissions (name) VALUES ('create users')")).toContain("permissions_name_check");
    const template = "INSERT INTO templates (name, body) VALUES ('Greeting', 'Hello')";
    expect(await refused(template)).toBe("done");
    expect(await refused(template)).toContain("templates_owner_name");
    const prompt = (number: number) =>
      `INSERT INTO system_prompts (name, number, content, is_active) VALUES ('chat', ${number}, 'Be kind', true)`;
    expect(await refused(prompt(1))).toBe("done");
    expect(await refused(prompt(2))).toContain("system_prompts_active");
  });
});

describe("the audit log", () => {
  test("tells who changed which row through which service, and keeps no password hash", async () => {
    const url = await upgraded();
    const admin = "00000000-0000-4000-8000-000000000001";
    await rows(url, newUser("ada@example.com"));
    await rows(url, "TRUNCATE audit_log");
    await rows(
      url,
      `BEGIN; SELECT set_security_context('${admin}', 'accounts');
       UPDATE users SET status = 'locked', password_hash = '$argon2id$new'; COMMIT`,
    );
    await rows(url, "UPDATE users SET status = 'locked'");
    await rows(url, "DELETE FROM users");
    const told =
      "user_id::text, service_name, table_name, action, before ->> 'status', after ->> 'status', before ? 'password_hash'";
    expect(await rows(url, `SELECT ${told} FROM audit_log ORDER BY id`)).toEqual([
      [admin, "accounts", "users", "update", "active", "locked", false],
      [null, null, "users", "delete", "locked", null, false],
    ]);
    expect(await rows(url, "SELECT changed_by::text, service_name FROM password_changes")).toEqual([
      [admin, "accounts"],
    ]);
  });
});

describe("the revisions with rows", () => {
  test("name the scheme of password hashes, take it back, and go back before moderators", async () => {
    await schemesThereAndBack(example, 1000);
  });
});

async function upgraded(): Promise<string> {
  const url = await freshDatabase();
  const run = await example.line("./scripts/run_migrations", { DATABASE_URL: url });
  expect(run.code, run.stderr).toBe(0);
  return url;
}

function newUser(email: string, role = "user"): string {
  return `INSERT INTO users (email, password_hash, password_scheme, role)
    VALUES ('${email}', '$argon2id$v=19$x', 'argon2id', '${role}')`;
}

async function describeTables(url: string): Promise<Readonly<Record<string, unknown>>> {
  const query = await readFile(new URL("describe-tables.sql", import.meta.url), "utf8");
  const tables = await onServer(url, query);
  return Object.fromEntries(tables.map(({ name, ...facts }) => [name, facts]));
}
