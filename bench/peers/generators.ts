import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PostgresServer } from "../../src/testing/index.ts";
import type { Bench } from "../harness/bench.ts";
import { alembicReady, sqlalchemyUrl } from "./alembic.ts";
import type { Generator } from "./generator.ts";
import { drizzleModels, sqlalchemyModels } from "./model-sources.ts";
import { failureOf, npmPeersFolder, npmPeerVersion } from "./packages.ts";

/** How much of Keelson's own caches a call finds. */
export type Caches = "all" | "of the machine" | "none";

/** `keelson create` on PGlite, with the models that drizzle-kit has. */
export function keelsonCreate(bench: Bench, name: string, caches: Caches): Generator {
  const kept = { all: "project and machine", "of the machine": "machine only", none: "none" }[caches];
  return {
    ...onDrizzleModels(),
    name,
    note: `proven up and down on PGlite; caches: ${kept}`,
    async write(folder) {
      await writeProject(folder);
      await writeFile(join(folder, "keelson.config.json"), '{ "scratch": "pglite" }\n');
    },
    generate(folder) {
      const env = caches === "none" ? { KEELSON_CACHE: join(folder, "empty-cache") } : {};
      return bench.keelson(["create", "a", "change"], { cwd: folder, env });
    },
    apply: null,
    without: caches === "all" ? [] : [".keelson"],
    revisions: "migrations",
  };
}

/** `drizzle-kit generate`, which compares with a file of its own and reaches no database. */
export function drizzleKit(env: Readonly<Record<string, string>>): Generator {
  let modules = "";
  return {
    ...onDrizzleModels(),
    name: `drizzle-kit ${npmPeerVersion("drizzle-kit")}`,
    note: "no database, no way down, no proof",
    missing: () =>
      failureOf(async () => {
        modules = join(await npmPeersFolder(), "node_modules");
      }),
    write: writeProject,
    generate: (folder) => ({
      program: process.execPath,
      args: [
        join(modules, "drizzle-kit", "bin.cjs"),
        "generate",
        "--dialect=postgresql",
        "--schema=./models/schema.ts",
        "--out=./drizzle",
      ],
      cwd: folder,
      env,
    }),
    apply: null,
    revisions: "drizzle",
  };
}

/** `alembic revision --autogenerate`, which compares with a live PostgreSQL database. */
export function alembicAutogenerate(
  env: Readonly<Record<string, string>>,
  database: { readonly server: PostgresServer; readonly name: string },
): Generator {
  const { server, name } = database;
  const ready = alembicReady(env);
  const alembic = (args: readonly string[]) => (folder: string) => ({
    program: "alembic",
    args,
    cwd: folder,
    env: {
      ...env,
      ...ready.environment(),
      PYTHONDONTWRITEBYTECODE: "1",
      BENCH_URL: sqlalchemyUrl({ kind: "postgres", url: server.url(name) }),
    },
  });
  return {
    name: "Alembic",
    note: `autogenerate against PostgreSQL ${server.major}, types and defaults compared, no proof`,
    missing: ready.missing,
    async write(folder) {
      await mkdir(join(folder, "versions"), { recursive: true });
      await writeFile(join(folder, "env.py"), autogenerateEnvironment);
      await writeFile(join(folder, "alembic.ini"), "[alembic]\nscript_location = .\nprepend_sys_path = .\n");
      await writeFile(join(folder, "script.py.mako"), revisionTemplate);
    },
    writeModels: (folder, schema) => writeFile(join(folder, "models.py"), sqlalchemyModels(schema)),
    generate: alembic(["revision", "--autogenerate", "-m", "a change"]),
    apply: alembic(["upgrade", "head"]),
    async emptyDatabase() {
      await server.dropDatabase(name).catch(() => undefined);
      await server.createDatabase(name);
    },
    revisions: "versions",
  };
}

function onDrizzleModels(): Pick<Generator, "missing" | "writeModels"> {
  return {
    missing: () => failureOf(npmPeersFolder),
    async writeModels(folder, schema) {
      await mkdir(join(folder, "models"), { recursive: true });
      await writeFile(join(folder, "models", "schema.ts"), drizzleModels(schema));
    },
  };
}

async function writeProject(folder: string): Promise<void> {
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  await rm(join(folder, "node_modules"), { force: true });
  await symlink(join(await npmPeersFolder(), "node_modules"), join(folder, "node_modules"));
}

const autogenerateEnvironment = `import os
from alembic import context
from sqlalchemy import create_engine, pool
from models import Base

engine = create_engine(os.environ["BENCH_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()
`;

const revisionTemplate = `"""\${message}"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;
