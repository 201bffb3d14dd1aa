import { resolveRange } from "../history/target.ts";
import { writeScript } from "../migrate/script.ts";
import { sha256Hex } from "../platform/hash.ts";
import { planModels } from "./generate.ts";
import { type Project, type ProjectOptions, performer, withProject } from "./project.ts";

/** What `sql` accepts besides the project. */
export interface SqlOptions extends ProjectOptions {
  /**
   * `from:to`, both targets of the files alone; `base:head` unless told. A `from` after `to` writes the way down.
   * `models` is what no revision makes yet, without the ledger's statements: there is no revision to record.
   */
  readonly range?: string;
}

/** A script for `psql` or `sqlite3`. */
export interface SqlReport {
  readonly dialect: "postgres" | "sqlite";
  readonly direction: "up" | "down";
  readonly revisions: readonly string[];
  readonly script: string;
}

/**
 * Writes the SQL of a range of the history with the ledger's own statements and a guard on the starting point. Reaches
 * no database; applying the script gives the result of the online run.
 */
export async function sql(options: SqlOptions = {}): Promise<SqlReport> {
  return await withProject(options, async (project) => {
    if (options.range === "models") return await modelsScript(project);
    const history = await project.history();
    const range = resolveRange(history, options.range ?? "base:head");
    const direction = range.direction === "down" ? "down" : "up";
    const script = await writeScript({
      engine: project.engine,
      bodies: await project.folder(),
      history: project.settings.ledger.history,
      direction,
      steps: range.steps,
      startsFrom: [...range.startsFrom],
      performedBy: performer(),
      hash: sha256Hex,
    });
    return {
      dialect: project.engine.dialect,
      direction,
      revisions: range.steps.map((revision) => revision.id),
      script,
    };
  });
}

/** What the live database's dialect needs; nothing where the models and the history agree. */
async function modelsScript(project: Project): Promise<SqlReport> {
  const { dialect } = project.engine;
  const found = await planModels(project, {}, "plan");
  const body = found.outcome === "changes" ? found.bodies.find((one) => one.dialect === dialect) : undefined;
  const script = body === undefined || body.up === "" ? "" : `${body.up}\n`;
  return { dialect, direction: "up", revisions: [], script };
}
