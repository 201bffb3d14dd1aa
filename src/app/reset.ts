import { isKeelsonError } from "../errors.ts";
import type { RunReport } from "../migrate/run-report.ts";
import { type DropDatabaseOptions, permitDrop } from "./database.ts";
import { withProject } from "./project.ts";
import { upgrade } from "./upgrade.ts";

/** What `reset` accepts besides the project. */
export interface ResetOptions extends DropDatabaseOptions {
  /** Where to go afterwards; `head` unless told. */
  readonly target?: string;
}

/** Drops the database, creates it again and upgrades it: a clean start for development, refused in production. */
export async function reset(options: ResetOptions = {}): Promise<RunReport> {
  await withProject(options, async ({ engine, settings, history }) => {
    // A history that can't be read must be found out before anything is gone.
    await history();
    await permitDrop(options, engine.label, settings.production, "reset");
    try {
      await engine.dropDatabase({ force: options.disconnect ?? false, toCreateAgain: true });
    } catch (error) {
      if (!isKeelsonError(error, "database.missing")) throw error;
    }
    await engine.createDatabase();
  });
  const { confirm: _confirm, ...rest } = options;
  return await upgrade({ ...rest, yes: true });
}
