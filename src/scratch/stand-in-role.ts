import { standInComment } from "../catalog/stand-in-role.ts";
import type { Engine } from "../engines/engine.ts";

/** Makes a role that a schema names and does not make; no catalog holds it. */
export function standInRole({ sql }: Pick<Engine, "sql">, name: string): readonly [string, string] {
  const role = sql.identifier(name);
  return [`CREATE ROLE ${role} NOLOGIN`, `COMMENT ON ROLE ${role} IS ${sql.literal(standInComment)}`];
}
