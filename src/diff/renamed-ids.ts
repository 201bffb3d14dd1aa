import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { idParts, ownName, withParts } from "../catalog/object-id.ts";
import { isInSchema, type Nameable, nameables, pathOf } from "./nameables.ts";
import type { Rename } from "./renames.ts";

/** The new ids of what is renamed and of everything whose id holds such a name, by their old ids. */
export function renamedIds(catalog: Catalog, renames: readonly Rename[]): ReadonlyMap<string, string> {
  if (renames.length === 0) return new Map();
  const all = nameables(catalog);
  const naming = new Naming(all, renames);
  const ids = new Map<string, string>();
  for (const one of all) {
    const id = naming.idAfter(one);
    if (id !== one.id) ids.set(one.id, id);
  }
  return ids;
}

/** By their old ids: what the renamed things are called when everything that they stand in has its new name already. */
export function idsBeforeOwnRename(catalog: Catalog, renames: readonly Rename[]): ReadonlyMap<string, string> {
  const all = nameables(catalog);
  const naming = new Naming(all, renames);
  const renamed = new Set(renames.map(({ from }) => from));
  return new Map(all.filter(({ id }) => renamed.has(id)).map((one) => [one.id, naming.idBefore(one)]));
}

class Naming {
  readonly #byId: ReadonlyMap<string, Nameable>;
  readonly #named: ReadonlyMap<string, string>;
  readonly #schemas: ReadonlyMap<string, string>;
  readonly #known = new Map<string, string>();

  constructor(all: readonly Nameable[], renames: readonly Rename[]) {
    this.#byId = new Map(all.map((one) => [one.id, one]));
    this.#named = new Map(renames.map((rename) => [rename.from, rename.to]));
    this.#schemas = new Map(
      renames.filter(({ kind }) => kind === "schema").map(({ from, to }) => [ownName(from), ownName(to)]),
    );
  }

  idAfter(one: Nameable): string {
    const known = this.#known.get(one.id);
    if (known !== undefined) return known;
    const id = this.#named.get(one.id) ?? this.idBefore(one);
    this.#known.set(one.id, id);
    return id;
  }

  /** The id that something has because of what happened to what it is a part of. */
  idBefore(one: Nameable): string {
    const parts = pathOf(one.id);
    if (one.parent !== null) return this.#below(one, this.#parentAfter(one.parent));
    const table = one.kind === "sequence" ? ownerTable(one) : null;
    const [schema = ""] = table === null ? parts : idParts(this.#parentAfter(table));
    const after = isInSchema(one.kind) && table === null ? (this.#schemas.get(schema) ?? schema) : schema;
    return after === parts[0] ? one.id : withParts(one.id, [after, ...parts.slice(1)]);
  }

  #below(one: Nameable, parent: string): string {
    const own = this.#inheritedName(one) ?? pathOf(one.id).at(-1) ?? "";
    const old = one.parent === null ? [] : idParts(one.parent);
    const parts = pathOf(one.id);
    const isWhole = parts.length > old.length && old.every((part, index) => part === parts[index]);
    // An index is known by its schema and its own name; its table is not in between.
    return withParts(one.id, isWhole ? [...idParts(parent), own] : [...idParts(parent).slice(0, 1), ...parts.slice(1)]);
  }

  #parentAfter(id: string): string {
    const parent = this.#byId.get(id);
    return parent === undefined ? id : this.idAfter(parent);
  }

  /** The name that a column or constraint gets with the one of a parent table that it comes from. */
  #inheritedName(one: Nameable): string | null {
    for (const origin of originsOf(one, this.#byId)) {
      const name = ownName(this.idAfter(origin));
      if (name !== ownName(origin.id)) return name;
    }
    return null;
  }
}

/**
 * What a column gets its name from: the columns of the same name in the tables that its table inherits from, and the
 * attribute of the type that it is of. For an inherited constraint the one that it is inherited from.
 */
export function originsOf(one: Nameable, byId: ReadonlyMap<string, Nameable>): readonly Nameable[] {
  if (one.parent === null || (one.kind !== "column" && one.kind !== "constraint")) return [];
  if (one.kind === "constraint" && one.attributes["inherited"] !== true) return [];
  const { inherits, ofType } = byId.get(one.parent)?.attributes ?? {};
  const parents = Array.isArray(inherits) ? (inherits as readonly string[]) : [];
  const ids = [
    ...parents.map((parent) => `${one.kind}:${parent}.${ownName(one.id)}`),
    ...(typeof ofType === "string" && one.kind === "column" ? [`attribute:${ofType}.${ownName(one.id)}`] : []),
  ];
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The id of the table to one of whose columns a sequence belongs, or null. */
export function ownerTable({ attributes }: Pick<SchemaObject, "attributes">): string | null {
  const column = attributes["ownedBy"];
  return typeof column === "string" ? `table:${idParts(`column:${column}`).slice(0, 2).join(".")}` : null;
}
