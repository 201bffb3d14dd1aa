import { isKeelsonError } from "../../../errors.ts";
import { isKeyword, type Token } from "../script/tokens.ts";
import { wholeTokens } from "./canonical-text.ts";
import { splitAtCommas, TokenCursor } from "./token-cursor.ts";

/** A CREATE INDEX statement taken apart. */
export interface IndexDefinition {
  /** The expression of each part, without its direction. */
  readonly parts: readonly { readonly expression: readonly Token[]; readonly descending: boolean }[];
  readonly where: readonly Token[] | null;
}

/** Takes a CREATE INDEX statement apart, or returns null for any other text. */
export function parseCreateIndex(sql: string): IndexDefinition | null {
  try {
    const cursor = new TokenCursor(wholeTokens(sql));
    cursor.require("CREATE");
    cursor.skip("UNIQUE");
    cursor.require("INDEX");
    cursor.skip("IF", "NOT", "EXISTS");
    cursor.name();
    cursor.require("ON");
    cursor.name();
    const parts = splitAtCommas(cursor.parenthesised()).map(readPart);
    return { parts, where: cursor.skip("WHERE") ? cursor.tokens.slice(cursor.at) : null };
  } catch (error) {
    if (isKeelsonError(error, "internal")) return null;
    throw error;
  }
}

function readPart(tokens: readonly Token[]): IndexDefinition["parts"][number] {
  const descending = isKeyword(tokens.at(-1), "DESC");
  const directed = descending || isKeyword(tokens.at(-1), "ASC");
  return { expression: directed ? tokens.slice(0, -1) : tokens, descending };
}
