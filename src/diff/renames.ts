/** A table or column that has another name in the catalog to be reached. Both are ids, of the old and the new catalog. */
export interface Rename {
  readonly kind: "table" | "column";
  readonly from: string;
  readonly to: string;
}
