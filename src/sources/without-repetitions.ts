import { KeelsonError } from "../errors.ts";
import type { DeclaredStatement } from "./declared-schema.ts";

/**
 * Leaves out what models declare a second time in the same words, as copies of a model that two files export do.
 * Throws `source.invalid` where they declare one thing in two ways. SQL of other sources is left alone.
 */
export function withoutRepetitions(statements: readonly DeclaredStatement[]): readonly DeclaredStatement[] {
  const seen = new Map<string, DeclaredStatement>();
  return statements.filter((statement) => {
    if (statement.subject === null) return true;
    const known = seen.get(statement.subject);
    if (known === undefined) {
      seen.set(statement.subject, statement);
      return true;
    }
    if (known.sql === statement.sql) return false;
    throw declaredTwice(known, statement);
  });
}

function declaredTwice(one: DeclaredStatement, other: DeclaredStatement): KeelsonError {
  return new KeelsonError(
    "source.invalid",
    `The ${one.subject} is declared twice, and not the same way: ${placeOf(one)} and ${placeOf(other)}.`,
    {
      hint: "Keep one of them, or give one another name. If an old copy of a model is left over, leave its file out of `schema`.",
      details: { subject: one.subject, files: [one.origin, other.origin] },
    },
  );
}

function placeOf({ origin, line }: DeclaredStatement): string {
  return line === null ? origin : `${origin}:${line}`;
}
