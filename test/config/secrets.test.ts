import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeSettings } from "../../src/config/describe-settings.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import { Secret } from "../../src/config/secret.ts";
import { createLogger } from "../../src/platform/logger.ts";
import { projectFolder, thrownBy, writeProjectFile } from "./project-folder.ts";

const canary = "s3cret-canary";

describe("a secret", () => {
  const secret = new Secret(canary);
  const holder = { secret, list: [secret], map: new Map([["key", secret]]) };

  it.each<[string, () => string]>([
    ["toString", () => secret.toString()],
    ["String()", () => String(secret)],
    ["a template", () => `${secret}`],
    ["a join", () => [secret, secret].join()],
    ["JSON", () => JSON.stringify(secret)],
    ["JSON of an object", () => JSON.stringify(holder)],
    ["inspect", () => inspect(secret)],
    ["inspect of an object, all shown", () => inspect(holder, { depth: 9, showHidden: true, getters: true })],
    ["inspect without custom inspection", () => inspect(secret, { customInspect: false, showHidden: true })],
    ["format", () => format("%s %o %j %O", secret, holder, holder, holder)],
    ["its own keys", () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret).map(String)])],
    ["an error", () => inspect(new Error(`${secret}`, { cause: holder }), { depth: 9 })],
    ["a structured clone", () => inspect(structuredClone(secret), { showHidden: true, depth: 9 })],
  ])("does not show in %s", (_, print) => {
    expect(print()).not.toContain(canary);
  });

  it("shows as *** where it is printed", () => {
    expect([`${secret}`, JSON.stringify({ secret }), inspect(secret)]).toEqual(["***", '{"secret":"***"}', "***"]);
  });

  it("gives its value when asked", () => {
    expect(secret.reveal()).toBe(canary);
  });

  it.each(["text", "json"] as const)("does not show in a %s log", (format) => {
    let written = "";
    const stream = { write: (text: string) => (written += text) };
    const log = createLogger({ level: "debug", format, colour: false, stream });
    log.error({ secret, deep: { holder }, error: new Error(`with ${secret}`) }, `message ${secret}`);
    expect(written).not.toContain(canary);
    expect(written).toContain("***");
  });
});

describe("settings never show a secret", () => {
  it.each([
    `postgres://user:${canary}@host/db`,
    `postgres://user:with/${canary}@x@host/db`,
    `postgres://user:with?${canary}@host/db`,
    `postgres://user@host/db?password=${canary}`,
    `postgres://user@host/db?sslmode=require&sslpassword=${canary}&application_name=x`,
    `postgres:///db?host=a&unknown=${canary}`,
    `host=localhost password=${canary} dbname=db`,
    `postgresql+asyncpg://user:${canary}@host/db`,
  ])("of %s", async (url) => {
    const cwd = projectFolder({ "keelson.config.json": JSON.stringify({ url, directUrl: url }) });
    const settings = await loadSettings({ cwd }, { PGPASSWORD: canary });
    const shown = inspect(settings, { depth: 9, showHidden: true }) + JSON.stringify(settings);
    expect(shown).not.toContain(canary);
    const described = describeSettings(settings);
    expect(JSON.stringify(described)).not.toContain(canary);
    expect(described.map(([label]) => label)).toContain("direct connection");
  });

  it.each([
    [`postgres://user:${canary}@host:5432/db?sslmode=require`, "postgres://user:***@host:5432/db?sslmode=require"],
    ["postgres://user@host/db", "postgres://user@host/db"],
    ["postgresql:///db?host=/run", "postgresql:///db?host=/run"],
    ["postgres://user:@host/db", "postgres://user:***@host/db"],
    ["sqlite::memory:", "sqlite::memory:"],
    ["sqlite:/data/a.db?mode=ro&key=x", "sqlite:/data/a.db?mode=ro&key=***"],
  ])("and still show where %s leads", async (url, shown) => {
    const settings = await loadSettings({ cwd: projectFolder(), url }, {});
    expect(new Map(describeSettings(settings)).get("connection")).toBe(`${shown} (from --url)`);
  });
});

describe("a secret from a file", () => {
  const names = [
    "DATABASE_URL",
    "DATABASE_HOST",
    "DATABASE_PORT",
    "DATABASE_USER",
    "DATABASE_PASSWORD",
    "DATABASE_NAME",
    "MIGRATION_DATABASE_URL",
  ] as const;
  const plain = {
    DATABASE_HOST: "h",
    DATABASE_PORT: "1",
    DATABASE_USER: "u",
    DATABASE_PASSWORD: "p",
    DATABASE_NAME: "n",
  };

  it.each(names)("%s_FILE counts like its variable", async (name) => {
    const value = name.endsWith("URL") ? "postgres://from-file/db" : "77";
    const cwd = projectFolder({ secret: `${value}\n` });
    const others: Record<string, string> = name === "DATABASE_URL" ? {} : { ...plain };
    delete others[name];
    const settings = await loadSettings({ cwd }, { ...others, [`${name}_FILE`]: join(cwd, "secret") });
    const direct = await loadSettings({ cwd }, { ...others, [name]: value });
    expect(settings.connection.url.reveal()).toBe(direct.connection.url.reveal());
    expect(settings.connection.directUrl?.reveal()).toBe(direct.connection.directUrl?.reveal());
    expect(`${settings.connection.url.reveal()} ${settings.connection.directUrl?.reveal()}`).toContain(value);
  });

  it("PGPASSWORD_FILE becomes libpq's PGPASSWORD", async () => {
    const cwd = projectFolder({ secret: `${canary}\n` });
    const settings = await loadSettings({ cwd }, { PGPASSWORD_FILE: "secret" });
    expect(settings.pgVariables.reveal()).toEqual({ PGPASSWORD: canary });
  });

  it.each([
    ["p\n", "p"],
    ["p\r\n", "p"],
    ["p\n\n", "p%0A"],
    [" p ", "%20p%20"],
    ["p", "p"],
  ])("%j loses one trailing newline and nothing else", async (content, password) => {
    const cwd = projectFolder({ secret: content });
    const settings = await loadSettings(
      { cwd },
      { DATABASE_HOST: "h", DATABASE_USER: "u", DATABASE_PASSWORD_FILE: "secret" },
    );
    expect(settings.connection.url.reveal()).toBe(`postgresql://u:${password}@h/`);
  });

  it.each(["DATABASE_URL", "DATABASE_PASSWORD", "MIGRATION_DATABASE_URL", "PGPASSWORD"])(
    "%s is refused beside its file",
    async (name) => {
      const cwd = projectFolder({ secret: canary });
      const variables = { DATABASE_HOST: "h", [name]: canary, [`${name}_FILE`]: "secret" };
      const error = await thrownBy(() => loadSettings({ cwd }, variables));
      expect(error).toMatchObject({
        code: "config.secret",
        message: `Both ${name} and ${name}_FILE are set (environment).`,
      });
      expect(inspect(error, { depth: 9 })).not.toContain(canary);
    },
  );

  it("a file of the process wins over a variable of .env", async () => {
    const cwd = projectFolder({ secret: "postgres://file/db\n", ".env": "DATABASE_URL=postgres://env/db" });
    const settings = await loadSettings({ cwd }, { DATABASE_URL_FILE: "secret" });
    expect(settings.connection).toMatchObject({ source: "DATABASE_URL_FILE" });
  });

  async function refusal(path: string): Promise<string> {
    const error = await thrownBy(() => loadSettings({ cwd: projectFolder() }, { DATABASE_URL_FILE: path }));
    expect(error.code).toBe("config.secret");
    expect(error.message).toContain(`The file ${path}, named by DATABASE_URL_FILE, `);
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
    return error.message;
  }

  it("is refused where it is missing, empty, a folder or huge", async () => {
    const folder = projectFolder({ empty: "\n", huge: canary.repeat(100_000) });
    expect(await refusal(join(folder, "none"))).toContain("does not exist");
    expect(await refusal(join(folder, "empty/none"))).toContain("does not exist");
    expect(await refusal(join(folder, "empty"))).toContain("is empty");
    expect(await refusal(join(folder, "huge"))).toContain("larger than 1 MiB");
    expect(await refusal(folder)).toContain("is a folder");
  });

  it.each([0o644, 0o640, 0o604, 0o444])("is refused with mode %o", async (mode) => {
    const folder = projectFolder({ secret: canary });
    chmodSync(join(folder, "secret"), mode);
    expect(await refusal(join(folder, "secret"))).toContain("readable by other users");
  });

  it.each([0o600, 0o400, 0o700, 0o622])("is read with mode %o", async (mode) => {
    const cwd = projectFolder({ secret: "postgres://h/db" });
    chmodSync(join(cwd, "secret"), mode);
    const settings = await loadSettings({ cwd }, { DATABASE_URL_FILE: "secret" });
    expect(settings.connection.url.reveal()).toBe("postgres://h/db");
  });

  it("is read from a projected volume whatever its mode, and follows its rotation", async () => {
    const mount = projectFolder();
    const publish = (date: string, url: string): void => {
      mkdirSync(join(mount, date));
      writeFileSync(join(mount, date, "url"), url, { mode: 0o644 });
      chmodSync(join(mount, date, "url"), 0o644);
    };
    publish("..2026_11_21", "postgres://one/db");
    symlinkSync("..2026_11_21", join(mount, "..data"));
    symlinkSync("..data/url", join(mount, "url"));
    const settings = await loadSettings({ cwd: mount }, { DATABASE_URL_FILE: "url" });
    expect(settings.connection.url.reveal()).toBe("postgres://one/db");

    publish("..2026_11_22", "postgres://two/db");
    rmSync(join(mount, "..data"));
    symlinkSync("..2026_11_22", join(mount, "..data"));
    const rotated = await loadSettings({ cwd: mount }, { DATABASE_URL_FILE: "url" });
    expect(rotated.connection.url.reveal()).toBe("postgres://two/db");
  });

  it.skipIf(process.getuid?.() !== 0)("is read from /run/secrets whatever its mode", async () => {
    const made = mkdirSync("/run/secrets", { recursive: true });
    const path = `/run/secrets/keelson-test-${process.pid}`;
    onTestFinished(() => rmSync(made ?? path, { recursive: true, force: true }));
    writeFileSync(path, "postgres://mounted/db\n", { mode: 0o444 });
    const settings = await loadSettings({ cwd: projectFolder() }, { DATABASE_URL_FILE: path });
    expect(settings.connection.url.reveal()).toBe("postgres://mounted/db");
  });

  it("is refused where a link only looks like a projected volume", async () => {
    const folder = projectFolder();
    chmodSync(writeProjectFile(folder, "real", canary), 0o644);
    symlinkSync("real", join(folder, "url"));
    expect(await refusal(join(folder, "url"))).toContain("readable by other users");
  });
});
