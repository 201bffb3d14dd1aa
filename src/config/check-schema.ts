import { type Check, object, oneOf, secretText, text } from "./checks.ts";
import { describeType, type Problems, suggestion } from "./problems.ts";

/** A schema source of a configuration, checked; the URL of a database is still plain. */
export type CheckedSource =
  | { readonly kind: "files"; readonly path: string; readonly casing: "snake_case" | "camelCase" | null }
  | { readonly kind: "program"; readonly command: string | readonly string[] }
  | { readonly kind: "database"; readonly url: string };

/** The schema sources of each dialect; a dialect that the configuration leaves out has none. */
export interface CheckedSchema {
  readonly postgres: readonly CheckedSource[];
  readonly sqlite: readonly CheckedSource[];
}

const command: Check<string | readonly string[]> = (value, path, problems) => {
  if (!Array.isArray(value)) return text(value, path, problems);
  if (value.length === 0) problems.add(path, "expected a program, found an empty array.");
  const words = value.map((item, index) => text(item, `${path}[${index}]`, problems));
  return words.every((word) => word !== undefined) && words.length > 0 ? words : undefined;
};

const files = object({ files: text, casing: oneOf(["snake_case", "camelCase"]) });
const program = object({ program: command });
const database = object({ database: secretText });
const kinds = ["files", "program", "database"];

/** A source, a list of sources, or either of them for each dialect. */
export const schemaCheck: Check<CheckedSchema> = (value, path, problems) => {
  if (!isRecord(value) || !Object.keys(value).some((key) => key === "postgres" || key === "sqlite")) {
    const both = sources(value, path, problems);
    return both === undefined ? undefined : { postgres: both, sqlite: both };
  }
  for (const key of Object.keys(value).filter((name) => name !== "postgres" && name !== "sqlite")) {
    problems.add(`${path}.${key}`, `is not a dialect.${suggestion(key, ["postgres", "sqlite"])}`);
  }
  const each = (key: string): readonly CheckedSource[] =>
    value[key] === undefined ? [] : (sources(value[key], `${path}.${key}`, problems) ?? []);
  return { postgres: each("postgres"), sqlite: each("sqlite") };
};

function sources(value: unknown, path: string, problems: Problems): readonly CheckedSource[] | undefined {
  if (!Array.isArray(value)) {
    const only = source(value, path, problems);
    return only === undefined ? undefined : [only];
  }
  if (value.length === 0) {
    problems.add(path, "is empty: leave it out for the folders models and schema, or name a source.");
    return undefined;
  }
  return value.flatMap((item, index) => source(item, `${path}[${index}]`, problems) ?? []);
}

function source(value: unknown, path: string, problems: Problems): CheckedSource | undefined {
  if (typeof value === "string") return pathSource(value, path, problems);
  if (!isRecord(value)) {
    problems.add(path, `expected a path, { program: ... } or { database: ... }, found ${describeType(value)}.`);
    return undefined;
  }
  if ("program" in value) {
    const checked = program(value, path, problems)?.program;
    return checked === undefined ? undefined : { kind: "program", command: checked };
  }
  if ("database" in value) {
    const url = database(value, path, problems)?.database;
    return url === undefined ? undefined : { kind: "database", url };
  }
  if ("files" in value) {
    const checked = files(value, path, problems);
    return checked?.files === undefined
      ? undefined
      : { kind: "files", path: checked.files, casing: checked.casing ?? null };
  }
  const near = Object.keys(value)
    .map((key) => suggestion(key, kinds))
    .find((hint) => hint !== "");
  problems.add(path, `expected one of the keys ${kinds.join(", ")}.${near ?? ""}`);
  return undefined;
}

function pathSource(value: string, path: string, problems: Problems): CheckedSource | undefined {
  // A URL as a path would be told in messages, password and all.
  if (/^[a-z][a-z0-9+]*:\/\//i.test(value) || /^(?:pglite|sqlite):/i.test(value)) {
    problems.add(path, "looks like a database: write { database: ... }.");
    return undefined;
  }
  const checked = text(value, path, problems);
  return checked === undefined ? undefined : { kind: "files", path: checked, casing: null };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
