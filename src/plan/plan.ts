import type { CatalogDifference } from "../catalog/compare.ts";
import type { Rename, RenameKind } from "../diff/renames.ts";
import type { ValueMap } from "../diff/value-maps.ts";
import type { Shuffle } from "./order-actions.ts";
import type { Requirement } from "./requirement.ts";

/** One statement of a plan. */
export interface PlannedStatement {
  /** Without a semicolon at its end; may have several lines. */
  readonly sql: string;
  /** What it does, in words: `create table public.users`. */
  readonly title: string;
  /** The ids of the schema objects that it makes, changes or takes away. */
  readonly objects: readonly string[];
  /** What rows or values it destroys, in words a person can decide on; empty when none. */
  readonly losses: readonly string[];
  /** The rename that it carries out, as `--rename` takes it; a statement that renames nothing has none. */
  readonly rename?: string;
}

/** Objects of one kind that went and came in one comparison and may be the same under another name. */
export interface Ambiguity {
  readonly kind: RenameKind;
  /** The name that went, as `--rename` takes it. */
  readonly from: string;
  /** The names that came and could be it, likeliest first. */
  readonly to: readonly string[];
}

/** Ordered statements that turn one catalog into another; plain data. */
export interface Plan {
  readonly dialect: "postgres" | "sqlite";
  /** Empty exactly when nothing differs. */
  readonly statements: readonly PlannedStatement[];
  readonly differences: readonly CatalogDifference[];
  readonly renames: readonly Rename[];
  readonly ambiguities: readonly Ambiguity[];
  /** `none`: every statement has to run on its own. */
  readonly transaction: "auto" | "none";
  /** What this plan does not bring about although it is declared: `order of the columns of public.users: ...`. */
  readonly left: readonly string[];
  /** What the rows must be like before its first statement; asked of the database that it runs on. */
  readonly requirements: readonly Requirement[];
}

/** What a planner may be told. */
export interface PlanOptions {
  /** Objects that are the same under another name. */
  readonly renames?: readonly Rename[];
  /** What rows get instead of values that an enum no longer has. */
  readonly maps?: readonly ValueMap[];
  /** By their ids in the first catalog: the ids that objects have where a plan before this one gave them other names. */
  readonly namesBefore?: ReadonlyMap<string, string>;
  /** Takes the place of the usual order wherever the needs of the statements leave a choice. */
  readonly shuffle?: Shuffle;
}
