import { wholeTokens } from "./ddl/canonical-text.ts";
import { foldName, plainName } from "./script/tokens.ts";

/** The ids of all tables and views whose names stand anywhere in a statement: never too few, perhaps one too many. */
export function namedRelations(definition: string, ids: ReadonlyMap<string, string>): readonly string[] {
  const found = wholeTokens(definition)
    .filter((token) => token.kind === "word" || token.kind === "quoted" || token.kind === "string")
    .flatMap((token) => ids.get(foldName(plainName(token))) ?? []);
  return [...new Set(found)];
}
