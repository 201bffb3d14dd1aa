import { KeelsonError } from "../errors.ts";
import type { VariableLayer } from "./env-file.ts";
import { Secret } from "./secret.ts";
import { readSecretFile } from "./secret-file.ts";

/** Variables that may also be given as a file, `<name>_FILE`. */
export const fileVariables = [
  "DATABASE_URL",
  "MIGRATION_DATABASE_URL",
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_USER",
  "DATABASE_PASSWORD",
  "DATABASE_NAME",
  "PGPASSWORD",
] as const;

/** Variables that are read as they are. */
export const plainVariables = [
  "KEELSON_ENV",
  "KEELSON_LOG_LEVEL",
  "KEELSON_LOG_FORMAT",
  "DB_DEBUG",
  "BACKUP_DIR",
  "BACKUP_RETENTION_DAYS",
  "SKIP_BACKUP",
] as const;

/** A variable that may be given as a file. */
export type FileVariable = (typeof fileVariables)[number];

/** A variable that is read as it is. */
export type PlainVariable = (typeof plainVariables)[number];

/** A value with the place it came from; a lower rank is a place that wins. */
export interface Found<Value> {
  readonly value: Value;
  readonly rank: number;
  /** The variable's name, with its file where it is not the process's own. */
  readonly source: string;
}

/** Looks variables up in several places, the first that has one winning. An empty variable counts as unset. */
export class Variables {
  readonly #layers: readonly VariableLayer[];
  readonly #folder: string;

  /** `folder` is where relative paths in `*_FILE` variables begin. */
  constructor(layers: readonly VariableLayer[], folder: string) {
    this.#layers = layers;
    this.#folder = folder;
  }

  /** The value of a plain variable, or null. */
  plain(name: PlainVariable): Found<string> | null {
    for (const [rank, layer] of this.#layers.entries()) {
      const value = layer.values[name];
      if (isSet(value)) return { value, rank, source: sourceOf(name, layer) };
    }
    return null;
  }

  /** The value of a variable or of its file, or null; throws `config.secret` where one place sets both. */
  secret(name: FileVariable): Found<Secret> | null {
    for (const [rank, layer] of this.#layers.entries()) {
      const found = this.#secretIn(layer, name);
      if (found !== null) return { ...found, rank };
    }
    return null;
  }

  /** The first place that sets one of the variables, or null. */
  rankOf(names: readonly FileVariable[]): number | null {
    const rank = this.#layers.findIndex(({ values }) =>
      names.some((name) => isSet(values[name]) || isSet(values[`${name}_FILE`])),
    );
    return rank === -1 ? null : rank;
  }

  /** Every variable, merged. */
  merged(): Readonly<Record<string, string>> {
    const result: Record<string, string> = {};
    for (const { values } of this.#layers.toReversed()) {
      for (const [name, value] of Object.entries(values)) if (value !== undefined) result[name] = value;
    }
    return result;
  }

  /** The variables that libpq itself knows, merged, with `PGPASSWORD_FILE` read. */
  libpq(): Secret<Readonly<Record<string, string>>> {
    const result: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.merged())) {
      if (/^PG[A-Z]+$/.test(name) && value !== "") result[name] = value;
    }
    const password = this.secret("PGPASSWORD");
    if (password !== null) result["PGPASSWORD"] = password.value.reveal();
    return new Secret(result);
  }

  #secretIn(layer: VariableLayer, name: FileVariable): Omit<Found<Secret>, "rank"> | null {
    const fileName = `${name}_FILE`;
    const [value, path] = [layer.values[name], layer.values[fileName]];
    if (isSet(value) && isSet(path)) {
      throw new KeelsonError("config.secret", `Both ${name} and ${fileName} are set (${layer.origin}).`, {
        hint: "Unset one of them, so that it is clear which one counts.",
        details: { variable: name },
      });
    }
    if (isSet(value)) return { value: new Secret(value), source: sourceOf(name, layer) };
    if (!isSet(path)) return null;
    return { value: readSecretFile(fileName, path, this.#folder), source: sourceOf(fileName, layer) };
  }
}

/** What the layer of the process's own variables is called. */
export const processOrigin = "environment";

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

function sourceOf(name: string, layer: VariableLayer): string {
  return layer.origin === processOrigin ? name : `${name} in ${layer.origin}`;
}
