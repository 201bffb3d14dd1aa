import { resolve } from "node:path";
import type { Dialect, Engine, ReadingOptions } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import { resolveRevisions } from "../history/target.ts";
import { withoutExternalObjects } from "./external-schema.ts";
import { openEngineAt } from "./open.ts";
import type { Project } from "./project.ts";
import type { SchemaSide, SchemaWork } from "./schema-work.ts";

/** One side of a comparison, as it was named. */
export type SchemaOperand =
  | { readonly is: "models" | "history" | "database" }
  | { readonly is: "url"; readonly url: string; readonly dialect: Dialect }
  | { readonly is: "file"; readonly file: string; readonly path: string }
  | { readonly is: "target"; readonly target: string };

/** Reads how a side is named: a word, a URL, the path of an `.sql` file, else a target of the history. */
export function parseOperand(text: string, cwd: string): SchemaOperand {
  if (text === "models" || text === "history" || text === "database") return { is: text };
  const scheme = /^(postgres|postgresql|pglite|sqlite)(?:\+\w+)?:/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined) return { is: "url", url: text, dialect: scheme === "sqlite" ? "sqlite" : "postgres" };
  if (text.endsWith(".sql")) return { is: "file", file: text, path: resolve(cwd, text) };
  return { is: "target", target: text };
}

/** The dialect that two sides are compared in: that of the databases they name, else that of the connection. */
export function dialectOfOperands(operands: readonly SchemaOperand[], project: Project): Dialect {
  const named = operands.flatMap((operand) => {
    if (operand.is === "url") return [operand.dialect];
    return operand.is === "database" ? [project.engine.dialect] : [];
  });
  if (new Set(named).size > 1) {
    throw new KeelsonError(
      "usage.invalid",
      "The two databases speak different dialects, so nothing in them is equal.",
      {
        hint: "Compare databases of one kind.",
      },
    );
  }
  return named[0] ?? project.engine.dialect;
}

/** Whether a side is a database, which says who owns what and who may do what, whoever made it. */
export function isDatabase(operand: SchemaOperand): boolean {
  return operand.is === "database" || operand.is === "url";
}

/** One side as a schema of the scratch server; `owners` is how a database's are read. */
export async function openOperand(
  operand: SchemaOperand,
  project: Project,
  work: SchemaWork,
  owners: NonNullable<ReadingOptions["owners"]>,
): Promise<SchemaSide> {
  switch (operand.is) {
    case "models":
      return work.declaredSide(await work.declared(), "the models");
    case "history":
      return work.historySide(work.history.heads.map((head) => head.id));
    case "database":
    case "url":
      return await withOperandEngine(operand, project, (engine) => work.databaseSide(engine, owners));
    case "file":
      return work.declaredSide(await work.declaredIn(operand.path), operand.file);
    case "target":
      return await atTarget(operand.target, project, work);
  }
}

/** Steps such as `-1` are counted from where the live database is; other targets need none. */
async function atTarget(target: string, project: Project, work: SchemaWork): Promise<SchemaSide> {
  const counted = /^[+-]\d/.test(target);
  const applied = counted ? (await project.standing()).ledger.applied : new Set<string>();
  const revisions = resolveRevisions(work.history, target, applied);
  return { ...work.historySide(revisions.map(({ id }) => id)), name: target };
}

/** Opens the engine of a database that was named, without what belongs to others, for the time of some work. */
export async function withOperandEngine<Result>(
  operand: SchemaOperand,
  { engine, settings }: Project,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  if (operand.is !== "url") return await work(engine);
  const opened = await openEngineAt({ url: operand.url, source: "the command line" }, { settings });
  try {
    return await work(withoutExternalObjects(opened, settings.external.tables));
  } finally {
    await opened.close();
  }
}
