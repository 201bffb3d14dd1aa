import { type ObjectKind, objectKinds } from "../catalog/catalog.ts";

/** What can get another name: every kind of schema object, and the named parts that a catalog keeps inside one. */
export type RenameKind = ObjectKind | "enum-value" | "view-column" | "attribute";

/** Something that has another name in the catalog to be reached. Both are ids, of the old and the new catalog. */
export interface Rename {
  readonly kind: RenameKind;
  readonly from: string;
  readonly to: string;
}

/** The words that may stand before a rename, to say what it renames: `trigger:users.a:users.b`. */
export const renameKinds: readonly RenameKind[] = [...objectKinds, "enum-value", "view-column", "attribute"];

/** What holds rows or values, or a position: whether it was renamed or dropped is asked, never assumed. */
export const askedKinds: readonly RenameKind[] = ["schema", "table", "column", "enum-value", "attribute", "sequence"];

/** A kind as a person reads it: `enum value`. */
export function kindWords(kind: RenameKind): string {
  return kind.replaceAll("-", " ");
}

/** The renames that lead back. */
export function reversed(renames: readonly Rename[]): readonly Rename[] {
  return renames.map(({ kind, from, to }) => ({ kind, from: to, to: from }));
}
