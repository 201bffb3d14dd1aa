/** A revision file, or a pair of them, that was written. */
export interface RevisionReport {
  readonly id: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly files: readonly string[];
}
