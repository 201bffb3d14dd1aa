import type { Catalog } from "../catalog/catalog.ts";
import { resolveMaps } from "../diff/resolve-maps.ts";
import type { ValueMap } from "../diff/value-maps.ts";

/** What a caller may say about values that an enum no longer has. */
export interface MapOptions {
  /** `public.state:old=new`: what rows get instead of a value that goes; `public.state:old=` for no value. */
  readonly maps?: readonly string[];
}

/** What was said about values, over all dialects of a project: enums are PostgreSQL's alone. */
export class MapAnswers {
  readonly #texts: readonly string[];
  #resolved = false;

  constructor({ maps = [] }: MapOptions) {
    this.#texts = maps;
  }

  /** The maps between two catalogs; `usage.invalid` for one that fits nothing there. */
  resolve(current: Catalog, desired: Catalog): readonly ValueMap[] {
    if (desired.dialect !== "postgres") return [];
    this.#resolved = true;
    return resolveMaps(this.#texts, current, desired);
  }

  /** Throws `usage.invalid` where maps were given and no dialect has enums. */
  refuseUnused(desired: Catalog): void {
    if (!this.#resolved && this.#texts.length > 0) resolveMaps(this.#texts, desired, desired);
  }
}
