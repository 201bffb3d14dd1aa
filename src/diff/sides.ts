import type { Nameable } from "./nameables.ts";
import type { RenameKind } from "./renames.ts";

/** Two catalogs taken apart into what has a name. */
export interface Sides {
  readonly before: readonly Nameable[];
  readonly current: readonly Nameable[];
  readonly old: ReadonlyMap<string, Nameable>;
  readonly now: ReadonlyMap<string, Nameable>;
  readonly gone: readonly Nameable[];
  readonly come: readonly Nameable[];
}

/** An id that went and the ids that came and could be it, likeliest first. */
export interface Pair {
  readonly kind: RenameKind;
  readonly from: string;
  readonly to: readonly string[];
}
