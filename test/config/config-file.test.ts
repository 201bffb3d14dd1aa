import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configFileNames, findConfigFile } from "../../src/config/config-file.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import { projectFolder, thrownBy, writeProjectFile } from "./project-folder.ts";

let cache = "";

beforeEach(() => {
  cache = join(projectFolder(), "cache");
  vi.stubEnv("KEELSON_CACHE", cache);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const typescript = `
import { join } from "node:path";
import { inspect } from "node:util";
import { defineConfig, type KeelsonConfig } from "keelson";
const lockTimeout: KeelsonConfig["lockTimeout"] = "7s";
export default defineConfig({ url: "sqlite:" + join("data", "app.db"), lockTimeout });
`;

const sources: Readonly<Record<(typeof configFileNames)[number], string>> = {
  "keelson.config.ts": typescript,
  "keelson.config.mts": typescript,
  "keelson.config.js":
    'import { defineConfig } from "keelson";\nexport default defineConfig({ url: "sqlite:data/app.db", lockTimeout: "7s" });',
  "keelson.config.mjs": 'export default { url: "sqlite:data/app.db", lockTimeout: 7000 };',
  "keelson.config.json": '\uFEFF{ "url": "sqlite:data/app.db", "lockTimeout": "7s" }',
};

describe("a configuration is found and read", () => {
  it.each(configFileNames)("%s, from a subfolder, where keelson is not installed", async (name) => {
    const root = projectFolder({ [name]: sources[name], "package.json": '{"type":"module"}', "a/b/x": "" });
    for (let load = 1; load <= 2; load++) {
      const settings = await loadSettings({ cwd: join(root, "a/b") }, {});
      expect(settings).toMatchObject({ root, configFile: join(root, name), lockTimeoutMs: 7000 });
      expect(settings.connection.url.reveal()).toBe(`sqlite:${root}/data/app.db`);
    }
  });

  it("as CommonJS", async () => {
    const plain = projectFolder({ "keelson.config.js": "module.exports = { lockTimeout: 9 };" });
    expect((await loadSettings({ cwd: plain }, {})).lockTimeoutMs).toBe(9);
    const required = projectFolder({
      "keelson.config.js":
        'const { defineConfig } = require("keelson"); module.exports = defineConfig({ lockTimeout: 9 });',
    });
    expect((await loadSettings({ cwd: required }, {})).lockTimeoutMs).toBe(9);
  });

  it("as a function of the variables and the environment", async () => {
    const root = projectFolder({
      "keelson.config.ts": `import { defineConfig } from "keelson";
        export default defineConfig(async ({ env, environment }) => ({
          url: env.APP_URL,
          environments: { dev: { lockTimeout: environment === "dev" ? "1s" : "2s" } },
        }));`,
      ".env": "APP_URL=postgres://from-env-file/db",
    });
    const settings = await loadSettings({ cwd: root, environment: "dev" }, {});
    expect(settings.connection.url.reveal()).toBe("postgres://from-env-file/db");
    expect(settings.lockTimeoutMs).toBe(1000);
  });

  it("with imports of its own files, whose changes count", async () => {
    const root = projectFolder({
      "keelson.config.ts":
        'import { defineConfig } from "keelson";\nimport { wait } from "./wait.ts";\nexport default defineConfig({ lockTimeout: wait });',
      "wait.ts": "export const wait: number = 11;",
    });
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(11);
    writeProjectFile(root, "wait.ts", "export const wait: number = 12;");
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(12);
  });

  it.each(["keelson.config.ts", "keelson.config.mjs"])("%s anew after it changed", async (name) => {
    const root = projectFolder({ [name]: "export default { lockTimeout: 11 };" });
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(11);
    writeProjectFile(root, name, "export default { lockTimeout: 12 };");
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(12);
  });

  it("by the name that --config gives, from the working directory", async () => {
    const root = projectFolder({ "conf/other.json": '{"lockTimeout":13}', "keelson.config.json": "{}" });
    const settings = await loadSettings({ cwd: root, configFile: "conf/other.json" }, {});
    expect(settings).toMatchObject({ root: join(root, "conf"), lockTimeoutMs: 13 });
  });

  it("nearest first", () => {
    const root = projectFolder({ "keelson.config.json": "{}", "sub/keelson.config.mjs": "", "sub/deep/x": "" });
    expect(findConfigFile(join(root, "sub/deep"))).toBe(join(root, "sub/keelson.config.mjs"));
    expect(findConfigFile(root)).toBe(join(root, "keelson.config.json"));
  });
});

describe("the transpiled configuration is kept", () => {
  it("once a file, readable by its owner only", async () => {
    const root = projectFolder({ "keelson.config.ts": "export default { lockTimeout: 1 as number };" });
    await loadSettings({ cwd: root }, {});
    writeProjectFile(root, "keelson.config.ts", "export default { lockTimeout: 2 as number };");
    await loadSettings({ cwd: root }, {});
    const kept = readdirSync(join(cache, "config")).filter((name) => name.endsWith(".mjs"));
    expect(kept).toHaveLength(1);
    expect(statSync(join(cache, "config", kept[0] ?? "")).mode & 0o777).toBe(0o600);
    expect(statSync(join(cache, "config")).mode & 0o777).toBe(0o700);
    expect(statSync(cache).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  it("and is what runs from then on", async () => {
    const root = projectFolder({ "keelson.config.ts": "export default { lockTimeout: 41 as number };" });
    await loadSettings({ cwd: root }, {});
    const [kept = ""] = readdirSync(join(cache, "config")).filter((name) => name.endsWith(".mjs"));
    const path = join(cache, "config", kept);
    writeFileSync(path, readFileSync(path, "utf8").replace("41", "42"));
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(42);
  });

  it("never in a folder that others may write to", async () => {
    mkdirSync(join(cache, "config"), { recursive: true });
    chmodSync(join(cache, "config"), 0o777);
    const root = projectFolder({ "keelson.config.ts": "export default { lockTimeout: 1 as number };" });
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(1);
    expect(readdirSync(join(cache, "config"))).toEqual([]);
  });

  it("nowhere where there is no place for it", async () => {
    vi.stubEnv("KEELSON_CACHE", "/dev/null/cache");
    const root = projectFolder({ "keelson.config.ts": "export default { lockTimeout: 1 as number };" });
    expect((await loadSettings({ cwd: root }, {})).lockTimeoutMs).toBe(1);
  });

  it("and the project is left as it was", async () => {
    const root = projectFolder({ "keelson.config.ts": "export default { lockTimeout: 1 as number };" });
    await loadSettings({ cwd: root }, {});
    expect(readdirSync(root)).toEqual(["keelson.config.ts"]);
    expect(existsSync(join(root, ".keelson"))).toBe(false);
  });
});

describe("a configuration that can't be read", () => {
  it.each([
    ["keelson.config.ts", 'export default {\n  url: "postgres://u:s3cret-canary@h/db",,\n};', "keelson.config.ts:2:"],
    ["keelson.config.mjs", 'export default {\n  url: "postgres://u:s3cret-canary@h/db",,\n};', "could not be loaded"],
    ["keelson.config.json", '{\n  "url": "postgres://u:s3cret-canary@h/db",,\n}', "not valid JSON (line 2, column 44)"],
    ["keelson.config.json", '{ "url": s3cret-canary }', "not valid JSON"],
    ["keelson.config.ts", 'import { x } from "./nowhere.ts"; export default { migrations: x };', "nowhere"],
    ["keelson.config.ts", 'throw new Error("no vault here"); export default {};', "no vault here"],
    ["keelson.config.ts", 'export default () => { throw new Error("no vault here"); };', "no vault here"],
    ["keelson.config.ts", "export const config = {};", "has no default export"],
    ["keelson.config.mjs", "export const config = {};", "has no default export"],
  ])("%s: %s", async (name, text, message) => {
    const error = await thrownBy(() => loadSettings({ cwd: projectFolder({ [name]: text }) }, {}));
    expect(error.code).toBe("config.invalid");
    expect(error.message).toContain(message);
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain("s3cret-canary");
  });

  it("because --config names nothing", async () => {
    const error = await thrownBy(() => loadSettings({ cwd: projectFolder(), configFile: "none.ts" }, {}));
    expect(error.code).toBe("config.not-found");
  });

  it("because there are two in one folder", async () => {
    const root = projectFolder({ "keelson.config.ts": "", "keelson.config.json": "{}" });
    const error = await thrownBy(() => loadSettings({ cwd: root }, {}));
    expect(error.message).toContain("keelson.config.ts, keelson.config.json");
  });
});
