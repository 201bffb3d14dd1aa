import { mkdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { KeelsonError } from "../errors.ts";
import { writeFileExclusive } from "../platform/atomic-file.ts";
import { firstModel } from "./first-model.ts";

/** What `init` accepts. */
export interface InitOptions {
  readonly cwd?: string;
  /** The connection to write into the configuration; none writes the embedded default as a comment. */
  readonly url?: string;
  /** The folder of revisions; `migrations` unless told. */
  readonly migrations?: string;
}

/** Files and folders that `init` made, relative to the project. */
export interface InitReport {
  readonly root: string;
  readonly created: readonly string[];
  readonly kept: readonly string[];
}

/** Writes a configuration, a first model and the folder for revisions; overwrites nothing. */
export async function init(options: InitOptions = {}): Promise<InitReport> {
  const root = resolve(options.cwd ?? ".");
  const created: string[] = [];
  const kept: string[] = [];
  const migrations = options.migrations ?? "migrations";
  const config = join(root, "keelson.config.ts");
  if (await exists(config)) {
    throw new KeelsonError("file.exists", `${relative(root, config)} exists already. Nothing was changed.`, {
      hint: "Edit it, or remove it and run init again.",
    });
  }
  const folder = join(root, migrations);
  if (await exists(folder)) kept.push(`${migrations}/`);
  else {
    await mkdir(folder, { recursive: true });
    created.push(`${migrations}/`);
  }
  // Models that are there already need no example beside them.
  if (await exists(join(root, "models"))) kept.push("models/");
  else {
    await writeFileExclusive(join(root, "models", "schema.ts"), firstModel(options.url));
    created.push("models/schema.ts");
  }
  await writeFileExclusive(config, configText(migrations, options.url));
  created.push("keelson.config.ts");
  return { root, created, kept };
}

function configText(migrations: string, url: string | undefined): string {
  const connection =
    url === undefined
      ? '  // Without a url, and without DATABASE_URL, Keelson uses the embedded PostgreSQL in .keelson/dev.\n  // url: "postgres://user@localhost:5432/app",'
      : `  url: ${JSON.stringify(url)},`;
  return `import { defineConfig } from "keelson";

export default defineConfig({
${connection}
  // What the database is to look like: Drizzle models, or SQL files.
  schema: "models",
  // How it gets there: the revisions that \`keelson create\` writes.
  migrations: ${JSON.stringify(migrations)},
});
`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
