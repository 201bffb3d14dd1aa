/** What becomes of the rows that use a value which an enum no longer has. */
export interface ValueMap {
  /** The id of the enum, in the catalog to be reached. */
  readonly enum: string;
  readonly from: string;
  /** Null for rows that are to have no value. */
  readonly to: string | null;
}
