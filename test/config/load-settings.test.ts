import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../src/config/load-settings.ts";
import type { SettingOverrides, Settings } from "../../src/config/settings.ts";
import { projectFolder } from "./project-folder.ts";

async function load(
  config: unknown,
  variables: Readonly<Record<string, string>> = {},
  overrides: SettingOverrides = {},
): Promise<Settings> {
  const root = projectFolder({ "keelson.config.json": JSON.stringify(config) });
  return await loadSettings({ cwd: root, ...overrides }, variables);
}

describe("settings", () => {
  it("have a default each where nothing is configured", async () => {
    const cwd = projectFolder();
    const settings = await loadSettings({ cwd }, {});
    expect(settings).toMatchObject({
      root: cwd,
      configFile: null,
      environment: null,
      production: false,
      migrations: join(cwd, "migrations"),
      ledger: { schema: "keelson", prefix: "", history: "default" },
      lockTimeoutMs: 5000,
      runLockTimeoutMs: 600_000,
      outOfOrder: "refuse",
      engines: [],
      postgres: [],
      log: { level: "info", format: "text" },
      debug: false,
      backup: { directory: join(cwd, "backups"), retentionDays: 30, skip: false },
    });
  });

  const backup = {
    backup: { directory: "top", retentionDays: 1 },
    environments: { e: { url: "sqlite:x", backup: { directory: "env" } } },
  };
  it.each([
    ["configuration", backup, {}, {}, "top", 1],
    ["variable before configuration", backup, { BACKUP_DIR: "var", BACKUP_RETENTION_DAYS: "90" }, {}, "var", 90],
    ["environment key by key", backup, { KEELSON_ENV: "e" }, {}, "env", 1],
    ["variable before a default environment", backup, { KEELSON_ENV: "e", BACKUP_DIR: "var" }, {}, "var", 1],
    ["environment by hand before variable", backup, { BACKUP_DIR: "var" }, { environment: "e" }, "env", 1],
  ] as const)("weigh the backup's place: %s", async (_, config, variables, overrides, directory, days) => {
    const settings = await load(config, variables, overrides);
    expect(settings.backup).toMatchObject({ directory: join(settings.root, directory), retentionDays: days });
  });

  it.each([
    [{ lockTimeout: "250ms", runLockTimeout: "2m" }, {}, 250, 120_000],
    [{ lockTimeout: 250, runLockTimeout: 0 }, {}, 250, 0],
    [{ lockTimeout: "1h30m" }, { lockTimeoutMs: 7, runLockTimeoutMs: 8 }, 7, 8],
  ])("read the durations of %j with %j", async (config, overrides, lockTimeoutMs, runLockTimeoutMs) => {
    expect(await load(config, {}, overrides)).toMatchObject({ lockTimeoutMs, runLockTimeoutMs });
  });

  it.each([
    [{}, { DB_DEBUG: "1" }, {}, "debug", true],
    [{}, { DB_DEBUG: "true", KEELSON_LOG_LEVEL: "error" }, {}, "error", true],
    [{ log: { level: "warn" } }, { DB_DEBUG: "0" }, {}, "warn", false],
    [{ log: { level: "warn" } }, { DB_DEBUG: "" }, {}, "warn", false],
    [{ log: { level: "warn" } }, { DB_DEBUG: "1" }, { logLevel: "silent" }, "silent", true],
  ] as const)("decide the log level of %j with %j and %j", async (config, variables, overrides, level, debug) => {
    expect(await load(config, variables, overrides)).toMatchObject({ log: { level }, debug });
  });

  it.each([
    [{}, "", "keelson"],
    [{ url: "sqlite:x" }, "keelson_", "keelson"],
    [{ ledger: { schema: "public" } }, "keelson_", "public"],
    [{ ledger: { schema: "keelson_two" } }, "", "keelson_two"],
    [{ ledger: { schema: "public", prefix: "k_" } }, "k_", "public"],
    [{ url: "sqlite:x", ledger: { prefix: "" } }, "", "keelson"],
  ])("place the ledger of %j", async (config, prefix, schema) => {
    expect((await load(config)).ledger).toMatchObject({ prefix, schema });
  });

  it.each([
    ["prod", {}, true],
    ["production", {}, true],
    ["production", { production: false }, false],
    ["staging", {}, false],
    ["staging", { production: true }, true],
  ])("mark %s with %j as production: %s", async (name, environment, production) => {
    const settings = await load({ url: "sqlite:x", environments: { [name]: environment } }, {}, { environment: name });
    expect(settings).toMatchObject({ environment: name, production });
  });

  it("take an environment that is only a file", async () => {
    const cwd = projectFolder({
      ".env.test": "DATABASE_URL=postgres://h/test\nSKIP_BACKUP=true\nBACKUP_DIR=./backups/test\n",
    });
    const settings = await loadSettings({ cwd, environment: "test" }, {});
    expect(settings).toMatchObject({
      environment: "test",
      backup: { skip: true, directory: join(cwd, "backups/test") },
    });
  });

  it("hand on libpq's variables, of .env files too", async () => {
    const cwd = projectFolder({ ".env": "PGHOST=from-file\nPGSSLMODE=verify-full\nPGADMIN_X=no\n" });
    const settings = await loadSettings(
      { cwd },
      { PGHOST: "h", PGPASSWORD: "s3cret-canary", PATH: "/bin", PGUSER: "" },
    );
    expect(settings.pgVariables.reveal()).toEqual({
      PGHOST: "h",
      PGSSLMODE: "verify-full",
      PGPASSWORD: "s3cret-canary",
    });
    expect(JSON.stringify(settings)).not.toContain("s3cret-canary");
  });
});
