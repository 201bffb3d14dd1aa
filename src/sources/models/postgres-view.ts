import type { SQL } from "drizzle-orm";
import type { PgMaterializedView, PgView } from "drizzle-orm/pg-core";
import type { ModelNotice, NamedSql } from "./found-model.ts";
import { type PostgresContext, plainName, qualifiedName } from "./postgres-context.ts";
import { storageValue } from "./postgres-index.ts";
import { quoteName } from "./sql-words.ts";

/** A view that is to be made. */
export interface WrittenView extends NamedSql {
  readonly name: string;
  readonly notices: readonly ModelNotice[];
}

/** What Drizzle keeps of a view. */
interface ViewFacts {
  readonly name: string;
  readonly schema: string | undefined;
  /** None: the view exists already and is none of the model's. */
  readonly query: SQL | undefined;
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  readonly using?: string | undefined;
  readonly tablespace?: string | undefined;
  readonly withNoData?: boolean | undefined;
}

/** Writes a view, or returns null for one that the model only describes (`existing()`). */
export function viewStatement(view: PgView, context: PostgresContext): WrittenView | null {
  const facts: ViewFacts = context.drizzle.postgres.getViewConfig(view);
  return written("VIEW", facts, context);
}

/** Writes a materialised view, or returns null for one that the model only describes. */
export function materializedViewStatement(view: PgMaterializedView, context: PostgresContext): WrittenView | null {
  const facts: ViewFacts = context.drizzle.postgres.getMaterializedViewConfig(view);
  return written("MATERIALIZED VIEW", facts, context);
}

function written(kind: "VIEW" | "MATERIALIZED VIEW", facts: ViewFacts, context: PostgresContext): WrittenView | null {
  if (facts.query === undefined) return null;
  const at = qualifiedName(facts.schema, facts.name);
  const shown = plainName(facts.schema, facts.name);
  const subject = `${kind === "VIEW" ? "view" : "materialised view"} ${shown}`;
  const options = Object.entries(facts.with ?? {}).map(
    ([name, value]) => `${snakeCase(name)} = ${storageValue(value)}`,
  );
  const parts = [
    `CREATE ${kind} ${at}`,
    ...(facts.using === undefined ? [] : [`USING ${quoteName(facts.using)}`]),
    ...(options.length === 0 ? [] : [`WITH (${options.join(", ")})`]),
    `AS ${context.sql.write(facts.query, "qualified")}`,
    ...(facts.withNoData === true ? ["WITH NO DATA"] : []),
  ];
  return { sql: parts.join(" "), subject, name: facts.name, notices: noticesOf(facts, subject) };
}

/** Storage parameters stand in the model as `autovacuumEnabled` and in SQL as `autovacuum_enabled`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function noticesOf(facts: ViewFacts, subject: string): readonly ModelNotice[] {
  if (facts.tablespace === undefined) return [];
  return [
    {
      code: "tablespace-left-out",
      message: `The ${subject} names the tablespace ${facts.tablespace}: where a view is stored is left to the server.`,
    },
  ];
}
