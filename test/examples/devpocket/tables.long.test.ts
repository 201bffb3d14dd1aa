import { readdir } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { type Checkout, checkOutExample, linkKeelson } from "../checkout.ts";
import { onServer } from "../on-server.ts";

let checkout: Checkout;
let database: string;

beforeAll(async () => {
  checkout = await checkOutExample("devpocket");
  await linkKeelson(checkout);
  database = await freshDatabase();
  const run = await checkout.shell.run("cd / && $SCRIPTS/db_migrate.sh", {
    env: { DATABASE_URL: database, SCRIPTS: checkout.path("scripts") },
  });
  expect(run.code, run.stdout + run.stderr).toBe(0);
});

/** The columns of every table: what the guide lists under its entity types, and what ties it together. */
const columns = {
  commands:
    "id user_id session_id command program status output error_output exit_code execution_ms working_directory environment is_ai_suggested ai_prompt ai_explanation created_at",
  devices: "id user_id installation name device_type platform app_version metadata last_seen_at created_at",
  sessions:
    "id user_id device_id ssh_profile_id session_type name ssh_host ssh_port ssh_username ssh_parameters terminal_rows terminal_columns terminal_type client_address started_at last_activity_at ended_at duration_seconds",
  ssh_connections:
    "id ssh_profile_id session_id succeeded error bytes_sent bytes_received connected_at disconnected_at",
  ssh_keys:
    "id user_id name key_type bits public_key encrypted_private_key fingerprint has_passphrase last_used_at created_at",
  ssh_profiles:
    "id user_id ssh_key_id name host port username auth_method strict_host_key_checking options is_active created_at updated_at",
  sync_conflicts:
    "id sync_data_id device_id local_version remote_version local_data remote_data resolution found_at resolved_at",
  sync_data:
    "id user_id device_id data_type sync_key version data device_metadata conflict_resolution is_deleted synced_at created_at updated_at",
  sync_versions: "sync_data_id version device_id data written_at",
  users:
    "id email username password_hash full_name role subscription_tier is_active is_verified is_test_user failed_logins locked_until last_login_at created_at updated_at",
};

const keys = [
  "commands FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE",
  "commands FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "commands PRIMARY KEY (id)",
  "devices FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "devices PRIMARY KEY (id)",
  "devices UNIQUE (user_id, installation)",
  "sessions FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE SET NULL",
  "sessions FOREIGN KEY (ssh_profile_id) REFERENCES ssh_profiles(id) ON DELETE SET NULL",
  "sessions FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "sessions PRIMARY KEY (id)",
  "ssh_connections FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE SET NULL",
  "ssh_connections FOREIGN KEY (ssh_profile_id) REFERENCES ssh_profiles(id) ON DELETE CASCADE",
  "ssh_connections PRIMARY KEY (id)",
  "ssh_keys FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "ssh_keys PRIMARY KEY (id)",
  "ssh_keys UNIQUE (user_id, fingerprint)",
  "ssh_keys UNIQUE (user_id, id)",
  "ssh_keys UNIQUE (user_id, name)",
  "ssh_profiles FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "ssh_profiles FOREIGN KEY (user_id, ssh_key_id) REFERENCES ssh_keys(user_id, id)",
  "ssh_profiles PRIMARY KEY (id)",
  "ssh_profiles UNIQUE (user_id, name)",
  "sync_conflicts FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE SET NULL",
  "sync_conflicts FOREIGN KEY (sync_data_id) REFERENCES sync_data(id) ON DELETE CASCADE",
  "sync_conflicts PRIMARY KEY (id)",
  "sync_data FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE SET NULL",
  "sync_data FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
  "sync_data PRIMARY KEY (id)",
  "sync_data UNIQUE (user_id, data_type, sync_key)",
  "sync_versions FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE SET NULL",
  "sync_versions FOREIGN KEY (sync_data_id) REFERENCES sync_data(id) ON DELETE CASCADE",
  "sync_versions PRIMARY KEY (sync_data_id, version)",
  "users PRIMARY KEY (id)",
  "users UNIQUE (username)",
];

const enums = {
  auth_method: ["password", "key"],
  command_status: ["running", "succeeded", "failed", "cancelled"],
  conflict_resolution: ["last_write_wins", "keep_local", "keep_remote", "merge", "ask"],
  device_type: ["desktop", "laptop", "phone", "tablet", "web"],
  session_type: ["local", "ssh"],
  ssh_key_type: ["ed25519", "ecdsa", "rsa"],
  subscription_tier: ["free", "pro", "team"],
  sync_data_type: ["commands", "sessions", "ssh_profiles", "settings"],
  user_role: ["user", "admin"],
};

describe("the schema", () => {
  test("has a table for everything that the guide stores", async () => {
    const rows = await onServer(
      database,
      `SELECT table_name AS name, string_agg(column_name, ' ' ORDER BY column_name) AS columns FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name NOT LIKE 'keelson%' GROUP BY table_name ORDER BY table_name`,
    );
    const sorted = Object.entries(columns).map(([name, listed]) => [name, listed.split(" ").sort()]);
    expect(rows.map((row) => [row["name"], String(row["columns"]).split(" ").sort()])).toEqual(sorted);
  });

  test("has the keys between them", async () => {
    const rows = await onServer(
      database,
      `SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS key FROM pg_constraint
       WHERE contype IN ('p', 'u', 'f') AND connamespace = 'public'::regnamespace
         AND conrelid::regclass::text NOT LIKE 'keelson%'`,
    );
    expect(rows.map((row) => row["key"]).sort()).toEqual([...keys].sort());
  });

  test("has the values that the guide lists", async () => {
    const rows = await onServer(
      database,
      `SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
       FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid GROUP BY typname ORDER BY typname`,
    );
    expect(Object.fromEntries(rows.map((row) => [row["name"], row["labels"]]))).toEqual(enums);
  });

  test("has an index for every foreign key, so that no delete reads whole tables", async () => {
    const rows = await onServer(
      database,
      `SELECT conname FROM pg_constraint c WHERE contype = 'f' AND connamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])`,
    );
    expect(rows).toEqual([]);
  });
});

describe("the history", () => {
  test("is what the models declare, and has a branch with its merge", async () => {
    const compared = await checkout.shell.run("npx keelson create --check");
    expect(compared.code, compared.stdout + compared.stderr).toBe(0);
    const { stdout } = await checkout.shell.run("npx keelson history --json --offline");
    const { lines } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as {
      readonly lines: readonly { readonly parents: readonly string[] }[];
    };
    expect(lines).toHaveLength((await readdir(checkout.path("migrations"))).length);
    expect(lines.filter(({ parents }) => parents.length === 2)).toHaveLength(1);
  }, 60_000);

  test("leaves a database that check finds nothing wrong with", async () => {
    const { code, stdout } = await checkout.shell.run("npx keelson check", { env: { DATABASE_URL: database } });
    expect(code, stdout).toBe(0);
  }, 60_000);
});

describe("the scripts", () => {
  test("explain themselves and refuse what they don't know", async () => {
    expect(await checkout.shell.run("./scripts/db_migrate.sh --help")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/--dry-run[\s\S]*--force[\s\S]*--skip-backup[\s\S]*--env-file[\s\S]*--generate/),
    });
    expect(await checkout.shell.run("./scripts/db_migrate.sh --backwards")).toMatchObject({ code: 1 });
    const missing = await checkout.shell.run("./scripts/db_migrate.sh --env-file .env.staging head");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining(".env.staging.example") });
    const seeding = await checkout.shell.run("./scripts/db_seed.sh users 25");
    expect(seeding).toMatchObject({ code: 1, stderr: expect.stringContaining("later release") });
  });
});
