import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../harness/command.ts";
import { findProgram } from "../harness/find-program.ts";
import { failureOf, pythonDriverFolder } from "./packages.ts";
import { type Database, type Peer, partsOf, type Table } from "./peer.ts";

const program = "alembic";

/** Alembic as Debian packages it; the driver comes from the system, else from the Python package index. */
export function alembic(env: Readonly<Record<string, string>>): Peer {
  const ready = alembicReady(env);
  return {
    name: "Alembic",
    note: "one transaction for all",
    databases: ["postgres", "sqlite"],
    missing: ready.missing,
    async write(folder, tables) {
      await mkdir(join(folder, "versions"), { recursive: true });
      await writeFile(join(folder, "env.py"), environment);
      await writeFile(join(folder, "alembic.ini"), "[alembic]\nscript_location = .\n");
      for (const [index, table] of tables.entries()) {
        await writeFile(join(folder, "versions", `${table.name}.py`), revision(table, tables[index - 1]));
      }
    },
    apply: (folder, database) => ({
      program,
      args: ["upgrade", "head"],
      cwd: folder,
      env: { ...env, ...ready.environment(), BENCH_URL: sqlalchemyUrl(database) },
    }),
  };
}

/** Whether Alembic and a driver are there, which it fetches where Python has none, and what its environment needs for it. */
export function alembicReady(env: Readonly<Record<string, string>>): {
  readonly missing: () => Promise<string | null>;
  readonly environment: () => Readonly<Record<string, string>>;
} {
  let driver: Readonly<Record<string, string>> = {};
  return {
    environment: () => driver,
    async missing() {
      if (findProgram(program) === null) return "alembic is not installed (Debian: alembic)";
      if (await importsDriver(env)) return null;
      return await failureOf(async () => {
        driver = { PYTHONPATH: await pythonDriverFolder() };
        if (!(await importsDriver({ ...env, ...driver })))
          throw new Error("Python finds no psycopg2 (Debian: python3-psycopg2)");
      });
    },
  };
}

/** Asked of the Python that runs Alembic, which need not be the first on PATH. */
async function importsDriver(env: Readonly<Record<string, string>>): Promise<boolean> {
  const python = { program: "/usr/bin/python3", args: ["-c", "import psycopg2"], cwd: "/", env };
  return (await runCommand(python).catch(() => null))?.code === 0;
}

/** A connection as SQLAlchemy writes it. */
export function sqlalchemyUrl(database: Database): string {
  if (database.kind === "sqlite") return `sqlite:///${database.file}`;
  const { user, password, host, port, database: name } = partsOf(database.url);
  return `postgresql+psycopg2://${user}:${password}@${host}:${port}/${name}`;
}

const environment = `import os
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(os.environ["BENCH_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`;

function revision(table: Table, before: Table | undefined): string {
  return `from alembic import op

revision = "${table.name}"
down_revision = ${before === undefined ? "None" : `"${before.name}"`}
branch_labels = None
depends_on = None


def upgrade():
    op.execute("${table.create}")


def downgrade():
    op.execute("${table.drop}")
`;
}
