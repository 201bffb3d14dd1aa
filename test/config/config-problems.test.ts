import { describe, expect, it } from "vitest";
import { loadSettings } from "../../src/config/load-settings.ts";
import { projectFolder, thrownBy } from "./project-folder.ts";

async function problemsOf(config: unknown, variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = projectFolder({ "keelson.config.json": JSON.stringify(config) });
  const error = await thrownBy(() => loadSettings({ cwd: root }, variables));
  expect(error.code).toBe("config.invalid");
  return error.message;
}

describe("what is wrong in a configuration", () => {
  it("is told all at once, each with its place", async () => {
    const message = await problemsOf({
      urll: "x",
      lockTimeout: "5 parsecs",
      log: { level: "verbos", colour: true },
      environments: { staging: { ulr: "x", production: "yes" }, "a/b": {} },
      postgres: [15, 13, 15],
      ledger: { schema: "pg_keelson", prefix: "Bad-", history: 3 },
    });
    expect(message.split("\n").slice(1)).toEqual(
      [
        "  urll: is not a known key. Did you mean url?",
        '  lockTimeout: expected a duration above zero such as "500ms", "5s", "2m", "1h30m" or a number of milliseconds, found "5 parsecs".',
        '  log.level: expected one of debug, info, warn, error, silent, found "verbos".',
        "  log.colour: is not a known key.",
        "  environments.a/b: is not a possible name: up to 63 letters, digits, dashes and underscores, a letter or digit first.",
        "  environments.staging.ulr: is not a known key. Did you mean url?",
        '  environments.staging.production: expected true or false, found "yes".',
        "  postgres[1]: expected a whole number from 14 to 18, found 13.",
        "  postgres[2]: is there twice.",
        '  ledger.schema: expected a schema name of at most 63 characters, not beginning with pg_, found "pg_keelson".',
        '  ledger.prefix: expected up to 30 lower-case letters, digits and underscores, found "Bad-".',
        "  ledger.history: expected up to 63 letters, digits, dots, dashes and underscores, found 3.",
      ].toSorted((a, b) => message.indexOf(a) - message.indexOf(b)),
    );
    expect(message).toContain("has 12 problems");
  });

  it.each([
    [{ lock_timeout: 1 }, "lock_timeout: is not a known key. Did you mean lockTimeout?"],
    [{ migration: "x" }, "migration: is not a known key. Did you mean migrations?"],
    [{ environment: {} }, "environment: is not a known key. Did you mean environments?"],
    [{ outOfOrder: "allow" }, 'outOfOrder: expected one of refuse, apply, found "allow".'],
    [{ log: { format: "txet" } }, 'log.format: expected one of text, json, found "txet". Did you mean text?'],
    [{ engines: ["pglite"] }, 'engines[0]: expected one of postgres, sqlite, found "pglite".'],
    [{ engines: "postgres" }, 'engines: expected an array, found "postgres".'],
    [{ migrations: "" }, "migrations: expected a string that is not empty, found an empty string."],
    [{ environments: [] }, "environments: expected an object, found an array."],
    [{ environments: { a: null } }, "environments.a: expected an object, found null."],
    [{ backup: { retentionDays: 1.5 } }, "backup.retentionDays: expected a whole number from 1 to 36500, found 1.5."],
    [{ runLockTimeout: -1 }, "runLockTimeout: expected a duration such as"],
    [{ lockTimeout: 0 }, "lockTimeout: expected a duration above zero"],
    [[], "(all): expected an object, found an array."],
    ["text", "(all): expected an object, found a string."],
    [{ constructor: {} }, "constructor: is not a known key."],
    [{ defaultEnvironment: "a b" }, "defaultEnvironment: is not a possible name"],
    [{ defaultEnvironment: "dev" }, "environment dev: is neither in the configuration nor is there a file .env.dev"],
  ])("%j", async (config, message) => {
    expect(await problemsOf(config)).toContain(message);
  });

  it("is told without repeating what may be a secret", async () => {
    const canary = "postgres://u:s3cret-canary@h/db";
    const message = await problemsOf({
      url: { value: "s3cret-canary" },
      directUrl: ["s3cret-canary"],
      migrations: 1,
      lockTimeout: canary,
      outOfOrder: canary,
      log: { level: canary },
      ledger: { schema: { a: "s3cret-canary" }, history: canary },
    });
    expect(message).not.toContain("s3cret-canary");
    expect(message).toContain("url: expected a database URL as a string, found an object.");
    expect(message).toContain("outOfOrder: expected one of refuse, apply, found a string.");
  });

  it("includes what variables say wrong", async () => {
    const message = await problemsOf(
      {},
      {
        DB_DEBUG: "maybe",
        SKIP_BACKUP: "perhaps",
        BACKUP_RETENTION_DAYS: "many",
        KEELSON_LOG_LEVEL: "loud",
        KEELSON_LOG_FORMAT: "yaml",
      },
    );
    for (const name of [
      "DB_DEBUG",
      "SKIP_BACKUP",
      "BACKUP_RETENTION_DAYS",
      "KEELSON_LOG_LEVEL",
      "KEELSON_LOG_FORMAT",
    ]) {
      expect(message).toContain(`  ${name}: expected`);
    }
  });
});
