import { canonicalText, normaliseText } from "../history/canonical-text.ts";
import { parseRevisionFile } from "../history/header.ts";
import type { RevisionHeader } from "../history/revision.ts";
import { sha256Hex } from "../platform/hash.ts";

/** What the graph needs of a file: small, and the same for the same text. */
export interface FileFacts {
  readonly header: RevisionHeader | null;
  readonly hasDown: boolean;
  /** A headerless file that begins with SQLx's `-- no-transaction`. */
  readonly noTransaction: boolean;
  readonly checksum: string;
}

/** Reads the facts out of a file's raw text. */
export function factsOf(raw: string, file: string): FileFacts {
  const parsed = parseRevisionFile(normaliseText(raw), file);
  return {
    header: parsed.header,
    hasDown: parsed.down !== null && parsed.down.sql.trim() !== "",
    noTransaction: parsed.header === null && normaliseText(raw).startsWith("-- no-transaction"),
    checksum: sha256Hex(canonicalText(raw)),
  };
}
