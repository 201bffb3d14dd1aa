import type { Catalog } from "../catalog/catalog.ts";
import { type CatalogDifference, compareCatalogs } from "../catalog/compare.ts";
import { keepOwners, type Reconcile, statesPrivileges } from "../catalog/privileges.ts";
import type { Dialect, ReadingOptions } from "../engines/engine.ts";
import { losses, sectionText } from "../plan/section-text.ts";
import { readDirectly } from "./direct-comparison.ts";
import { draftWay } from "./draft-plan.ts";
import { MapAnswers, type MapOptions } from "./map-answers.ts";
import { renamedCatalog } from "./plan-with-renames.ts";
import { declaredScope, keptNames, type PrivilegeScope, reconcileBy } from "./privilege-scope.ts";
import { type Project, type ProjectOptions, withProject } from "./project.ts";
import { withRenamesFile } from "./read-renames-file.ts";
import { RenameAnswers, type RenameOptions } from "./rename-answers.ts";
import { dialectOfOperands, isDatabase, openOperand, parseOperand, type SchemaOperand } from "./schema-operand.ts";
import { type SchemaSide, type SchemaWork, withSchemaWork } from "./schema-work.ts";
import { type CoverageOptions, incompleteCoverage } from "./strict-coverage.ts";

/** What `diff` accepts besides the project. */
export interface DiffOptions extends ProjectOptions, MapOptions, RenameOptions, CoverageOptions {
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
      // Two databases may have owners of their own names; what a text does not say is compared with nothing.
      const owners = operands.every(isDatabase) ? "stated" : "all";
      const { a, b, sides } = await readOperands(operands, { project, work, owners });
      const read = { from: a.catalog, to: b.catalog };
      const scope = await comparedScope(operands, { project, work, ...read });
      const isBeside = operands.some(isDatabase) && owners === "all";
      const from = scope === "compared" && isBeside ? keepOwners(read.to, read.from) : read.from;
      const reconcile = owners === "stated" && scope === "compared" ? undefined : reconcileBy(scope);
      const found = await compare(options, { work, sides, from, to: read.to, reconcile });
      const { to } = read;
      const kept = scope === "kept" ? [from, to].flatMap((one) => keptNames(one, project.settings)) : [];
      const unread = [...a.unmanaged, ...b.unmanaged, ...from.unmanaged, ...to.unmanaged, ...kept];
      const unmanaged = [...new Set(unread)].sort();
      if (options.strictCoverage === true && unmanaged.length > 0) throw incompleteCoverage(unmanaged);
      return { dialect, a: a.name, b: b.name, unmanaged, ...found };
    });
  });
}

/** Privileges are compared where both sides can state them. */
async function comparedScope(
  operands: readonly [SchemaOperand, SchemaOperand],
  { project, work, from, to }: Pick<Sides, "work" | "from" | "to"> & { readonly project: Project },
): Promise<PrivilegeScope> {
  const { settings } = project;
  if (settings.privileges !== null) return settings.privileges === "managed" ? "compared" : "kept";
  const besideDatabase = operands.some(isDatabase);
  for (const [operand, catalog] of [[operands[0], from] as const, [operands[1], to] as const]) {
    if (operand.is === "models" && declaredScope(settings, await work.declared(), catalog) === "kept") return "kept";
    if (besideDatabase && !isDatabase(operand) && !statesPrivileges(catalog)) return "kept";
  }
  return "compared";
}

interface Operand {
  readonly name: string;
  readonly unmanaged: readonly string[];
  readonly catalog: Catalog;
}

interface Operands {
  readonly a: Operand;
  readonly b: Operand;
  /** Both as schemas of the scratch server; not opened before they are asked for. */
  readonly sides: () => Promise<readonly [SchemaSide, SchemaSide]>;
}

/** Two databases on servers of one version are compared as they are; anything else is made on one scratch server first. */
async function readOperands(
  operands: readonly [SchemaOperand, SchemaOperand],
  context: {
    readonly project: Project;
    readonly work: SchemaWork;
    readonly owners: NonNullable<ReadingOptions["owners"]>;
  },
): Promise<Operands> {
  const { project, work, owners } = context;
  let opened: Promise<readonly [SchemaSide, SchemaSide]> | undefined;
  const open = async (): Promise<readonly [SchemaSide, SchemaSide]> => {
    const a = await openOperand(operands[0], project, work, owners);
    return [a, await openOperand(operands[1], project, work, owners)];
  };
  const sides = (): Promise<readonly [SchemaSide, SchemaSide]> => {
    opened ??= open();
    return opened;
  };
  const direct = await readDirectly(operands, project);
  if (direct !== null) return { a: { ...direct[0], unmanaged: [] }, b: { ...direct[1], unmanaged: [] }, sides };
  const [a, b] = await sides();
  return { a: { ...a, catalog: await a.catalog() }, b: { ...b, catalog: await b.catalog() }, sides };
}

interface Sides {
  readonly work: SchemaWork;
  readonly sides: Operands["sides"];
  readonly from: Catalog;
  readonly to: Catalog;
  readonly reconcile: Reconcile | undefined;
}

async function compare(
  options: DiffOptions,
  { work, sides, from, to, reconcile }: Sides,
): Promise<Pick<DiffReport, "differences" | "sql" | "losses">> {
  const renames = new RenameAnswers(await withRenamesFile(options));
  if (options.sql !== true) {
    const known = renames.resolve(from, to);
    renames.refuseUnused();
    const after = async (statements: readonly string[]) => work.after((await sides())[0], statements);
    const renamed = await renamedCatalog({ engine: work.planner, from, to, renames: known, after });
    const differences = compareCatalogs(renamed, reconcile?.(renamed, to) ?? to);
    return { differences, sql: null, losses: [] };
  }
  const maps = new MapAnswers(options);
  const { up } = await draftWay({
    engine: work.planner,
    current: from,
    desired: to,
    renames,
    maps: { up: maps.resolve(from, to), down: [] },
    ...(reconcile === undefined ? {} : { reconcile }),
    after: {
      current: async (statements) => work.after((await sides())[0], statements),
      desired: async (statements) => work.after((await sides())[1], statements),
    },
  });
  renames.refuseUnused();
  maps.refuseUnused(to);
  return { differences: up.differences, sql: sectionText(up), losses: losses(up) };
}
