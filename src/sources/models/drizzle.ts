import type * as Drizzle from "drizzle-orm";
import type * as PostgresModels from "drizzle-orm/pg-core";
import type * as SqliteModels from "drizzle-orm/sqlite-core";
import { KeelsonError } from "../../errors.ts";

/** How the names of columns that the models leave unnamed are made of their keys. */
export type Casing = "snake_case" | "camelCase";

/** The parts of the project's own copy of drizzle-orm that read models. */
export interface DrizzleModules {
  readonly core: typeof Drizzle;
  readonly postgres: typeof PostgresModels;
  readonly sqlite: typeof SqliteModels;
  /** The name of a column in the database. */
  columnName(column: NamedColumn, casing: Casing | null): string;
}

/** A column, or a column of an index, as far as its name goes. */
export interface NamedColumn {
  readonly name: string;
  /** The name is the key of the column in the model, because the model gives none. */
  readonly keyAsName: boolean;
}

/** Loads one module as a file of the project would. */
export type ImportModule = (name: string) => Promise<unknown>;

/** Loads drizzle-orm as the project's files see it; throws `source.invalid` where it is not installed. */
export async function loadDrizzle(
  importModule: ImportModule,
  told: { readonly files: readonly string[]; readonly install: string },
): Promise<DrizzleModules> {
  try {
    const [core, postgres, sqlite, casing] = await Promise.all([
      importModule("drizzle-orm") as Promise<typeof Drizzle>,
      importModule("drizzle-orm/pg-core") as Promise<typeof PostgresModels>,
      importModule("drizzle-orm/sqlite-core") as Promise<typeof SqliteModels>,
      importModule("drizzle-orm/casing") as Promise<CasingModule>,
    ]);
    return { core, postgres, sqlite, columnName: (column, wanted) => nameWith(casing, column, wanted) };
  } catch (error) {
    const [first = "a file"] = told.files;
    const more = told.files.length > 1 ? ` and ${told.files.length - 1} more` : "";
    throw new KeelsonError(
      "source.invalid",
      `${first}${more} would be read as Drizzle models, and the project has no drizzle-orm (0.44 or newer).`,
      {
        hint: `Install it: ${told.install}. Models of something else can be a program that prints DDL: schema: { program: "..." }.`,
        details: { files: told.files },
        cause: error,
      },
    );
  }
}

interface CasingModule {
  toSnakeCase(name: string): string;
  toCamelCase(name: string): string;
}

function nameWith(modules: CasingModule, column: NamedColumn, casing: Casing | null): string {
  if (!column.keyAsName || casing === null) return column.name;
  return casing === "snake_case" ? modules.toSnakeCase(column.name) : modules.toCamelCase(column.name);
}
