import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { freshDatabase, migrate, migratedDatabase, onServer, tablesOf } from "./workbench.js";

const ada = "00000000-0000-4000-8000-000000000001";
const session = "00000000-0000-4000-8000-000000000002";
const key = "00000000-0000-4000-8000-000000000003";
const fingerprint = `SHA256:${"a".repeat(43)}`;
const addUser = `INSERT INTO users (id, email, username, password_hash) VALUES ('${ada}', 'ada@example.com', 'ada', '-')`;
const addSession = `INSERT INTO sessions (id, user_id) VALUES ('${session}', '${ada}')`;
const addKey = `INSERT INTO ssh_keys (id, user_id, name, key_type, public_key, fingerprint)
  VALUES ('${key}', '${ada}', 'laptop', 'ed25519', 'ssh-ed25519 AAAA', '${fingerprint}')`;
const addProfile = `INSERT INTO ssh_profiles (user_id, ssh_key_id, name, host, username, auth_method)
  VALUES ('${ada}', '${key}', 'web', 'web.example.com', 'deploy', 'key')`;

/** That the database itself refuses a statement, and by which rule. */
async function refuses(database, sql, constraint) {
  await assert.rejects(database.rows(sql), (error) => {
    assert.equal(error.constraint ?? error.column ?? error.code, constraint);
    return true;
  });
}

describe("the schema", { concurrency: 2 }, () => {
  test("has a table for everything that the document stores", async (t) => {
    const database = await migratedDatabase(t);
    assert.deepEqual(await tablesOf(database), [
      "commands",
      "devices",
      "sessions",
      "ssh_connections",
      "ssh_keys",
      "ssh_profiles",
      "sync_conflicts",
      "sync_data",
      "sync_versions",
      "users",
    ]);
  });

  test("refuses what can't be", async (t) => {
    const database = await migratedDatabase(t);
    for (const sql of [addUser, addSession, addKey, addProfile]) await database.rows(sql);
    await refuses(
      database,
      addUser.replace(ada, key).replace("ada@", "ADA@").replace("'ada'", "'bob'"),
      "users_email_unique",
    );
    await refuses(database, `UPDATE users SET subscription_tier = 'gold'`, "22P02");
    await refuses(database, `UPDATE ssh_keys SET fingerprint = 'MD5:12'`, "ssh_keys_fingerprint_form");
    await refuses(database, `UPDATE ssh_profiles SET port = 70000`, "ssh_profiles_port_range");
    await refuses(database, `UPDATE ssh_profiles SET ssh_key_id = NULL`, "ssh_profiles_key_present");
    await refuses(database, `DELETE FROM ssh_keys`, "ssh_profiles_key_of_user");
    await refuses(database, `UPDATE sessions SET terminal_rows = 0`, "sessions_terminal_rows_range");
    await refuses(database, `UPDATE sessions SET session_type = 'ssh'`, "sessions_ssh_address");
    const command = (columns, values) =>
      `INSERT INTO commands (user_id, session_id, command, ${columns}) VALUES ('${ada}', '${session}', 'ls', ${values})`;
    await refuses(database, command("exit_code", "256"), "commands_exit_code_range");
    await refuses(database, command("status", "'failed'"), "commands_end_known");
    await refuses(database, command("ai_prompt", "'list files'"), "commands_prompt_suggested");
    const sync = `INSERT INTO sync_data (user_id, data_type, sync_key, data) VALUES ('${ada}', 'settings', 'theme', '{}')`;
    await database.rows(sync);
    await refuses(database, sync, "sync_data_key_unique");
  });

  test("counts the length of a session, and notes when a row was changed", async (t) => {
    const database = await migratedDatabase(t);
    for (const sql of [addUser, addSession]) await database.rows(sql);
    await database.rows("UPDATE sessions SET ended_at = started_at + interval '90 seconds'");
    assert.deepEqual(await database.rows("SELECT duration_seconds FROM sessions"), [{ duration_seconds: 90 }]);
    await database.rows("UPDATE users SET full_name = 'Ada Lovelace'");
    assert.deepEqual(await database.rows("SELECT updated_at > created_at AS later FROM users"), [{ later: true }]);
  });

  test("takes everything of a user along when the user goes", async (t) => {
    const database = await migratedDatabase(t);
    for (const sql of [addUser, addSession, addKey, addProfile]) await database.rows(sql);
    await database.rows(`INSERT INTO commands (user_id, session_id, command) VALUES ('${ada}', '${session}', 'ls')`);
    await database.rows("DELETE FROM users");
    for (const table of ["sessions", "commands", "ssh_keys", "ssh_profiles"]) {
      assert.deepEqual(await database.rows(`SELECT 1 FROM ${table}`), [], table);
    }
  });
});

describe("the history", { concurrency: 2 }, () => {
  test("leads to the head and back to nothing", async (t) => {
    const database = await migratedDatabase(t);
    assert.equal((await migrate(database, "--force", "c2678b9d10f2")).code, 0);
    assert.equal((await migrate(database, "--force", "-1")).code, 0);
    assert.deepEqual(await tablesOf(database), []);
    const types = "SELECT typname FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace";
    assert.deepEqual(await database.rows(types), []);
  });

  test("offers the tier team, and takes it back only while nobody has it", async (t) => {
    const database = await migratedDatabase(t, "dca12506b39d");
    await database.rows(addUser);
    await database.rows("UPDATE users SET subscription_tier = 'team'");
    const refused = await migrate(database, "--force", "-1");
    assert.equal(refused.code, 6);
    assert.match(refused.stderr, /invalid input value for enum subscription_tier: "team"[\s\S]*rolled back/);
    await database.rows("UPDATE users SET subscription_tier = 'pro'");
    assert.equal((await migrate(database, "--force", "-1")).code, 0);
    assert.deepEqual(await database.rows("SELECT unnest(enum_range(NULL::subscription_tier))::text AS tier"), [
      { tier: "free" },
      { tier: "pro" },
    ]);
  });

  test("names the program of each command", async (t) => {
    const database = await migratedDatabase(t, "d71d6b9b665e");
    for (const sql of [addUser, addSession]) await database.rows(sql);
    const lines = ["ls -la", "  sudo systemctl restart nginx", "LANG=C sort names.txt", "A=1 B=2 sudo env", "X=1"];
    await database.rows(
      `INSERT INTO commands (user_id, session_id, command) SELECT '${ada}', '${session}', unnest($1::text[])`,
      [lines],
    );
    assert.equal((await migrate(database)).code, 0);
    const programs = await database.rows("SELECT program FROM commands ORDER BY id");
    assert.deepEqual(
      programs.map((row) => row.program),
      ["ls", "systemctl", "sort", "env", "X=1"],
    );
  });
});

describe("a role without rights", () => {
  test("hears which GRANT is missing, and works once it is given", async (t) => {
    const database = await freshDatabase(t);
    const role = `${database.name}_role`;
    const [{ may }] = await database.rows(
      "SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user",
    );
    if (!may) return t.skip("this role may not create roles");
    await database.rows(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    await database.rows("REVOKE CREATE ON SCHEMA public FROM public");
    // By then the database is gone, and with it all that the role may do and owns.
    t.after(() => onServer(`DROP ROLE ${role}`));
    const url = new URL(database.url);
    Object.assign(url, { username: role, password: "secret" });
    const refused = await migrate({ url: url.href });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /permission denied for schema public[\s\S]*GRANT USAGE, CREATE ON SCHEMA public TO/);
    await database.rows(`GRANT CREATE, USAGE ON SCHEMA public TO ${role}`);
    assert.equal((await migrate({ url: url.href })).code, 0);
  });
});
