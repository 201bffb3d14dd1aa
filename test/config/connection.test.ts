import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withAbsolutePath } from "../../src/config/database-url.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import { Secret } from "../../src/config/secret.ts";
import type { SettingOverrides } from "../../src/config/settings.ts";
import { parseDatabaseUrl } from "../../src/engines/sqlite/database-url.ts";
import { projectFolder, thrownBy } from "./project-folder.ts";

const config = JSON.stringify({
  url: "postgres://config/db",
  directUrl: "postgres://config-direct/db",
  environments: {
    staging: { url: "postgres://staging/db", directUrl: "postgres://staging-direct/db" },
    bare: { production: true },
  },
});

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly overrides?: SettingOverrides;
  readonly url: string;
  readonly directUrl?: string | null;
  readonly source: string;
}

const cases: readonly Case[] = [
  { name: "nothing at all", url: "pglite:<root>/.keelson/dev", directUrl: null, source: "default" },
  {
    name: "the configuration",
    files: { "keelson.config.json": config },
    url: "postgres://config/db",
    directUrl: "postgres://config-direct/db",
    source: "keelson.config.json",
  },
  {
    name: "a variable before the configuration, whose direct URL may be another database",
    files: { "keelson.config.json": config },
    variables: { DATABASE_URL: "postgres://variable/db" },
    url: "postgres://variable/db",
    directUrl: null,
    source: "DATABASE_URL",
  },
  {
    name: "MIGRATION_DATABASE_URL beside the configuration's URL",
    files: { "keelson.config.json": config },
    variables: { MIGRATION_DATABASE_URL: "postgres://direct/db" },
    url: "postgres://config/db",
    directUrl: "postgres://direct/db",
    source: "keelson.config.json",
  },
  {
    name: "both variables",
    variables: { DATABASE_URL: "postgres://variable/db", MIGRATION_DATABASE_URL: "postgres://direct/db" },
    url: "postgres://variable/db",
    directUrl: "postgres://direct/db",
    source: "DATABASE_URL",
  },
  {
    name: "an environment named by hand before the variables",
    files: { "keelson.config.json": config },
    variables: { DATABASE_URL: "postgres://variable/db", MIGRATION_DATABASE_URL: "postgres://direct/db" },
    overrides: { environment: "staging" },
    url: "postgres://staging/db",
    directUrl: "postgres://staging-direct/db",
    source: "keelson.config.json (environment staging)",
  },
  {
    name: "variables before an environment named by KEELSON_ENV",
    files: { "keelson.config.json": config },
    variables: { DATABASE_URL: "postgres://variable/db", KEELSON_ENV: "staging" },
    url: "postgres://variable/db",
    directUrl: null,
    source: "DATABASE_URL",
  },
  {
    name: "KEELSON_ENV alone",
    files: { "keelson.config.json": config },
    variables: { KEELSON_ENV: "staging" },
    url: "postgres://staging/db",
    directUrl: "postgres://staging-direct/db",
    source: "keelson.config.json (environment staging)",
  },
  {
    name: "an environment without a URL of its own",
    files: { "keelson.config.json": config },
    overrides: { environment: "bare" },
    url: "postgres://config/db",
    directUrl: "postgres://config-direct/db",
    source: "keelson.config.json",
  },
  {
    name: "a flag before everything, its direct URL included",
    files: { "keelson.config.json": config },
    variables: { DATABASE_URL: "postgres://variable/db", MIGRATION_DATABASE_URL: "postgres://direct/db" },
    overrides: { environment: "staging", url: "postgres://flag/db" },
    url: "postgres://flag/db",
    directUrl: null,
    source: "--url",
  },
  {
    name: "a direct flag beside a variable",
    variables: { DATABASE_URL: "postgres://variable/db", MIGRATION_DATABASE_URL: "postgres://direct/db" },
    overrides: { directUrl: "postgres://flag-direct/db" },
    url: "postgres://variable/db",
    directUrl: "postgres://flag-direct/db",
    source: "DATABASE_URL",
  },
  {
    name: "the .env file",
    files: { ".env": 'DATABASE_URL="postgresql://env-file:5432/db" # a comment\n' },
    url: "postgresql://env-file:5432/db",
    source: "DATABASE_URL in .env",
  },
  {
    name: "a set variable is not replaced by .env, and neither gets its direct URL",
    files: { ".env": "DATABASE_URL=postgres://env-file/db\nMIGRATION_DATABASE_URL=postgres://env-file-direct/db\n" },
    variables: { DATABASE_URL: "postgres://variable/db" },
    url: "postgres://variable/db",
    directUrl: null,
    source: "DATABASE_URL",
  },
  {
    name: "an empty variable counts as unset",
    files: { ".env": "DATABASE_URL=postgres://env-file/db\n" },
    variables: { DATABASE_URL: "" },
    url: "postgres://env-file/db",
    source: "DATABASE_URL in .env",
  },
  {
    name: ".env.<environment> before .env",
    files: { ".env": "DATABASE_URL=postgres://base/db", ".env.staging": "DATABASE_URL=postgres://own/db" },
    overrides: { environment: "staging" },
    url: "postgres://own/db",
    source: "DATABASE_URL in .env.staging",
  },
  {
    name: ".env.<environment> of the default environment",
    files: {
      "keelson.config.json": '{"defaultEnvironment":"dev"}',
      ".env.dev": "DATABASE_URL=postgres://own/db",
      ".env": "DATABASE_URL=postgres://base/db",
    },
    url: "postgres://own/db",
    source: "DATABASE_URL in .env.dev",
  },
  {
    name: "--env-file instead of .env",
    files: { ".env": "DATABASE_URL=postgres://base/db", "other.env": "DATABASE_NAME=app\nDATABASE_HOST=named" },
    overrides: { envFile: "other.env" },
    url: "postgresql://named/app",
    source: "DATABASE_HOST in other.env",
  },
  {
    name: "a password of the environment completes the parts of --env-file",
    files: { "other.env": "DATABASE_NAME=app\nDATABASE_HOST=named\nDATABASE_USER=u" },
    variables: { DATABASE_PASSWORD: "pw" },
    overrides: { envFile: "other.env" },
    url: "postgresql://u:pw@named/app",
    source: "DATABASE_HOST in other.env",
  },
  {
    name: "a whole URL before parts of the same place",
    variables: { DATABASE_URL: "postgres://whole/db", DATABASE_HOST: "part", DATABASE_NAME: "db" },
    url: "postgres://whole/db",
    source: "DATABASE_URL",
  },
  {
    name: "parts of the process before a whole URL of .env",
    files: { ".env": "DATABASE_URL=postgres://whole/db\nDATABASE_USER=u" },
    variables: { DATABASE_HOST: "part", DATABASE_NAME: "db" },
    url: "postgresql://u@part/db",
    source: "DATABASE_HOST",
  },
  {
    name: "a stray DATABASE_PASSWORD of the process beside a whole URL of .env",
    files: { ".env": "DATABASE_URL=postgres://whole/db" },
    variables: { DATABASE_PASSWORD: "stray" },
    url: "postgres://whole/db",
    source: "DATABASE_URL in .env",
  },
  {
    name: "a relative path of the configuration",
    files: { "keelson.config.json": '{"url":"sqlite:data/app.db?mode=ro"}' },
    url: "sqlite:<root>/data/app.db?mode=ro",
    source: "keelson.config.json",
  },
  {
    name: "SQLAlchemy's relative path",
    variables: { DATABASE_URL: "sqlite:///./aurora.db" },
    url: "sqlite:<root>/aurora.db",
    source: "DATABASE_URL",
  },
  {
    name: "an absolute path",
    overrides: { url: "sqlite:////data/app.db" },
    url: "sqlite:////data/app.db",
    source: "--url",
  },
  { name: "a database in memory", overrides: { url: "sqlite::memory:" }, url: "sqlite::memory:", source: "--url" },
];

describe("which connection counts", () => {
  it.each(cases)("$name", async (item) => {
    const root = projectFolder(item.files);
    const settings = await loadSettings({ cwd: root, ...item.overrides }, item.variables ?? {});
    expect(settings.connection.url.reveal()).toBe(item.url.replace("<root>", root));
    if (item.directUrl !== undefined) expect(settings.connection.directUrl?.reveal() ?? null).toBe(item.directUrl);
    expect(settings.connection.source).toBe(item.source);
  });

  it("begins a flag's path at the working directory and every other one at the project", async () => {
    const root = projectFolder({ "keelson.config.json": '{"url":"pglite:./db","migrations":"m"}', "sub/x": "" });
    const cwd = join(root, "sub");
    const configured = await loadSettings({ cwd }, {});
    expect(configured.connection.url.reveal()).toBe(`pglite:${root}/db`);
    expect(configured.migrations).toBe(join(root, "m"));
    const flagged = await loadSettings({ cwd, url: "pglite:./db", migrations: "m" }, {});
    expect(flagged.connection.url.reveal()).toBe(`pglite:${cwd}/db`);
    expect(flagged.migrations).toBe(join(cwd, "m"));
  });
});

describe("a relative SQLite path made absolute", () => {
  it.each([
    "sqlite:app.db",
    "sqlite:./data/app.db",
    "sqlite:../app.db?mode=ro",
    "sqlite:///./aurora.db",
    "sqlite:///aurora.db",
    "sqlite+aiosqlite:///./aurora.db",
    "sqlite:my%20app%3F%25.db",
    "sqlite:/var/app.db",
    "sqlite:////var/aurora.db",
    "sqlite:///file:app.db?mode=ro&uri=true",
    "sqlite::memory:",
    "sqlite:///:memory:",
    "sqlite://",
  ])("%s means the same to its engine", (url) => {
    const folder = "/srv/50% of #1?";
    const absolute = withAbsolutePath(new Secret(url), folder).reveal();
    const elsewhere = url.includes("file:") ? folder : "/elsewhere";
    expect(parseDatabaseUrl(absolute, elsewhere)).toEqual(parseDatabaseUrl(url, folder));
  });

  it.each(["sqlite:", "sqlite:///", "sqlite://host/app.db", "sqlite:data/"])("%s is still refused by it", (url) => {
    const absolute = withAbsolutePath(new Secret(url), "/srv").reveal();
    expect(() => parseDatabaseUrl(absolute, "/srv")).toThrow("not a connection URL");
  });
});

describe("a connection made of parts", () => {
  it.each([
    [
      { DATABASE_HOST: "h", DATABASE_PORT: "5433", DATABASE_USER: "u", DATABASE_PASSWORD: "p", DATABASE_NAME: "n" },
      "postgresql://u:p@h:5433/n",
    ],
    [
      { DATABASE_HOST: "h", DATABASE_USER: "a@b", DATABASE_PASSWORD: "p:/?#@% é", DATABASE_NAME: "n/m" },
      "postgresql://a%40b:p%3A%2F%3F%23%40%25%20%C3%A9@h/n%2Fm",
    ],
    [{ DATABASE_NAME: "n" }, "postgresql:///n"],
    [{ DATABASE_HOST: "::1", DATABASE_PORT: "5432" }, "postgresql://[::1]:5432/"],
    [{ DATABASE_HOST: "/var/run/postgresql", DATABASE_NAME: "n" }, "postgresql://%2Fvar%2Frun%2Fpostgresql/n"],
    [{ DATABASE_HOST: "a,b", DATABASE_PORT: "1,2", DATABASE_NAME: "n" }, "postgresql://a:1,b:2/n"],
    [{ DATABASE_HOST: "a,b", DATABASE_PORT: "5432", DATABASE_NAME: "n" }, "postgresql://a:5432,b:5432/n"],
  ])("%j is %s", async (variables, url) => {
    const settings = await loadSettings({ cwd: projectFolder() }, variables);
    expect(settings.connection.url.reveal()).toBe(url);
  });

  it.each(["abc", "0", "65536", "5432;drop", "1,x"])("refuses the port %s", async (port) => {
    const error = await thrownBy(() =>
      loadSettings({ cwd: projectFolder() }, { DATABASE_HOST: "h", DATABASE_PORT: port }),
    );
    expect(error.code).toBe("config.invalid");
    expect(error.message).toContain("DATABASE_PORT: expected a port from 1 to 65535");
  });
});

describe("what could be the wrong database is refused", () => {
  it("an --env-file that names another connection than the environment", async () => {
    const root = projectFolder({
      ".env.test": "DATABASE_HOST=localhost\nDATABASE_NAME=test\nDATABASE_PASSWORD=s3cret-canary",
    });
    const load = () =>
      loadSettings({ cwd: root, envFile: ".env.test" }, { DATABASE_URL: "postgres://u:s3cret-canary@prod/db" });
    const error = await thrownBy(load);
    expect(error.message).toContain("--env-file .env.test: names another connection (DATABASE_HOST in .env.test)");
    expect(error.message).not.toContain("s3cret-canary");
  });

  it("accepts an --env-file that names the same one", async () => {
    const root = projectFolder({ "a.env": "DATABASE_URL=postgres://h/db" });
    const settings = await loadSettings({ cwd: root, envFile: "a.env" }, { DATABASE_URL: "postgres://h/db" });
    expect(settings.connection.source).toBe("DATABASE_URL");
  });

  it("an --env-file that is not there", async () => {
    const error = await thrownBy(() => loadSettings({ cwd: projectFolder(), envFile: "none.env" }, {}));
    expect(error.code).toBe("config.not-found");
    expect(error.message).toContain("none.env");
  });

  it("an environment that names no database", async () => {
    const root = projectFolder({ "keelson.config.json": '{"environments":{"prod":{}}}' });
    const error = await thrownBy(() => loadSettings({ cwd: root, environment: "prod" }, {}));
    expect(error.message).toContain("environment prod: names no database");
  });

  it("an environment that does not exist, with a suggestion", async () => {
    const root = projectFolder({ "keelson.config.json": config });
    const error = await thrownBy(() => loadSettings({ cwd: root, environment: "stagin" }, {}));
    expect(error.message).toContain("Did you mean staging?");
  });

  it.each(["../etc", "", ".", "a b"])("the environment name %j", async (environment) => {
    const error = await thrownBy(() => loadSettings({ cwd: projectFolder(), environment }, {}));
    expect(error.message).toContain("--env: is not a possible name");
  });

  it.each([
    [["sqlite"], "postgres://h/db", "speaks postgres"],
    [["postgres"], "sqlite:x.db", "speaks sqlite"],
    [["sqlite"], undefined, "the default, PGlite, speaks postgres"],
  ])("engines %j with %s", async (engines, url, message) => {
    const root = projectFolder({ "keelson.config.json": JSON.stringify({ engines, url }) });
    const error = await thrownBy(() => loadSettings({ cwd: root }, {}));
    expect(error.message).toContain(message);
  });
});
