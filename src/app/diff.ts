import type { Catalog } from "../catalog/catalog.ts";
import { type CatalogDifference, compareCatalogs } from "../catalog/compare.ts";
import { applyRenames } from "../diff/apply-renames.ts";
import type { Dialect } from "../engines/engine.ts";
import { losses, sectionText } from "../plan/section-text.ts";
import { draftPlan, RenameAnswers, type RenameOptions } from "./draft-plan.ts";
import { type ProjectOptions, withProject } from "./project.ts";
import { dialectOfOperands, openOperand, parseOperand } from "./schema-operand.ts";
import { type SchemaSide, type SchemaWork, withSchemaWork } from "./schema-work.ts";

/** What `diff` accepts besides the project. */
export interface DiffOptions extends ProjectOptions, RenameOptions {
  /** `models`, `history`, `database` (the live one), a target of the history, a database's URL, or an `.sql` file. */
  readonly a: string;
  readonly b: string;
  /** Also writes the statements that turn the first into the second. */
  readonly sql?: boolean;
}

/** What must happen to the first schema to become the second. */
export interface DiffReport {
  readonly dialect: Dialect;
  /** What the two are called, without secrets. */
  readonly a: string;
  readonly b: string;
  readonly differences: readonly CatalogDifference[];
  /** Objects of either that are not read, so that nothing is said of them. */
  readonly unmanaged: readonly string[];
  /** The statements, where they were asked for. */
  readonly sql: string | null;
  /** What those statements destroy. */
  readonly losses: readonly string[];
}

/** Compares two schemas as one and the same server understands them. Changes no database but scratch ones. */
export async function diff(options: DiffOptions): Promise<DiffReport> {
  return await withProject(options, async (project) => {
    const cwd = options.cwd ?? ".";
    const operands = [parseOperand(options.a, cwd), parseOperand(options.b, cwd)] as const;
    const dialect = dialectOfOperands(operands, project);
    return await withSchemaWork(project, dialect, async (work) => {
      const a = await openOperand(operands[0], project, work);
      const b = await openOperand(operands[1], project, work);
      const from = await a.catalog();
      const to = await b.catalog();
      const found = await compare(options, { work, a, b, from, to });
      const unmanaged = [...new Set([...a.unmanaged, ...b.unmanaged, ...from.unmanaged, ...to.unmanaged])].sort();
      return { dialect, a: a.name, b: b.name, unmanaged, ...found };
    });
  });
}

interface Sides {
  readonly work: SchemaWork;
  readonly a: SchemaSide;
  readonly b: SchemaSide;
  readonly from: Catalog;
  readonly to: Catalog;
}

async function compare(
  options: DiffOptions,
  { work, a, b, from, to }: Sides,
): Promise<Pick<DiffReport, "differences" | "sql" | "losses">> {
  const renames = new RenameAnswers(options);
  if (options.sql !== true) {
    const differences = compareCatalogs(applyRenames(from, renames.resolve(from, to)), to);
    renames.refuseUnused();
    return { differences, sql: null, losses: [] };
  }
  const { up } = await draftPlan({
    engine: work.planner,
    current: from,
    desired: to,
    renames,
    after: {
      current: (statements) => work.after(a, statements),
      desired: (statements) => work.after(b, statements),
    },
  });
  renames.refuseUnused();
  return { differences: up.differences, sql: sectionText(up), losses: losses(up) };
}
