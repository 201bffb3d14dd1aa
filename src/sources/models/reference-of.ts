import { KeelsonError } from "../../errors.ts";

/** Asks a foreign key for its columns; one that leads to no column is told as that. */
export function referenceOf<Reference>(key: { readonly reference: () => Reference }, table: string): Reference {
  try {
    return key.reference();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeelsonError("source.invalid", `A foreign key of table ${table} leads to no column (${reason}).`, {
      hint: "Check the name of the column and that its table is imported from the file that exports it.",
      cause: error,
    });
  }
}
