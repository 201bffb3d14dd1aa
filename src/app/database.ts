import type { Engine, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { type ProjectOptions, withProject } from "./project.ts";

/** Creates the database that the connection names; `database.exists` if it is there. */
export async function createDatabase(options: ProjectOptions = {}): Promise<{ readonly database: string }> {
  return await withProject(options, async ({ engine }) => {
    await engine.createDatabase();
    return { database: engine.label };
  });
}

/** What dropping a database needs besides the project. */
export interface DropDatabaseOptions extends ProjectOptions {
  readonly yes?: boolean;
  readonly confirm?: (database: string) => Promise<boolean>;
  /** Ends the sessions that use the database. */
  readonly disconnect?: boolean;
  /** Permits it in an environment that is marked as production. */
  readonly allowProduction?: boolean;
}

/** Drops the database that the connection names after a confirmation; refused in production unless permitted. */
export async function dropDatabase(options: DropDatabaseOptions = {}): Promise<{ readonly database: string }> {
  return await withProject(options, async ({ engine, settings }) => {
    await permitDrop(options, engine.label, settings.production, "drop");
    await engine.dropDatabase({ force: options.disconnect ?? false });
    return { database: engine.label };
  });
}

/** Asks, and refuses where an environment is production: a question answered by habit must not delete it. */
export async function permitDrop(
  options: DropDatabaseOptions,
  database: string,
  production: boolean,
  verb: "drop" | "reset",
): Promise<void> {
  if (production && options.allowProduction !== true) {
    throw new KeelsonError(
      "usage.invalid",
      `${database} belongs to an environment that is marked as production; ${verb} is refused there. Nothing was changed.`,
      {
        hint: "If it must be: --allow-production",
      },
    );
  }
  if (options.yes === true) return;
  if (options.confirm === undefined) {
    throw new KeelsonError(
      "confirm.required",
      `This would delete all data in ${database}, and nobody confirmed it. Nothing was changed.`,
      {
        hint: "Confirm with --yes (`yes: true` in the library).",
      },
    );
  }
  if (await options.confirm(database)) return;
  throw new KeelsonError("confirm.declined", `Declined: ${database} is as it was.`);
}

/** Opens a session on the project's database, or on another of the same server, for the time of one piece of work. */
export async function withShellSession<Result>(
  options: ProjectOptions & { readonly database?: string },
  work: (engine: Engine, session: Session) => Promise<Result>,
): Promise<Result> {
  return await withProject(options, async (project) => {
    const engine = options.database === undefined ? project.engine : project.engine.withDatabase(options.database);
    const session = await engine.open("write");
    try {
      return await work(engine, session);
    } finally {
      await session.close();
      if (engine !== project.engine) await engine.close();
    }
  });
}
