import type { Casing } from "./models/drizzle.ts";

/** A source that a schema is declared in. */
export type SchemaSource =
  /** A file, a folder or a pattern, from the project's folder. */
  | { readonly kind: "files"; readonly path: string; readonly casing: Casing | null }
  /** A program that prints DDL: a line for the shell, or the program with its arguments. */
  | { readonly kind: "program"; readonly command: string | readonly string[] }
  /** Another database. */
  | {
      readonly kind: "database";
      /** For messages; never holds a password. */
      readonly label: string;
      /** Writes the statements that would make the schema of that database from nothing. */
      readonly read: () => Promise<readonly string[]>;
    };
