import type { CommentMark } from "./header.ts";
import { type Proof, parseProof, printProof } from "./proof.ts";

/** A proof to write into a header. */
export interface NewProof {
  readonly proof: Proof;
  /** What begins a comment in the revision's language. */
  readonly mark: CommentMark;
}

/**
 * A revision's text with a proof in its header; everything else stays as it is, also its line ends. Proofs of the same
 * body on other servers stay, those of another body go. Null for a text that has no header.
 */
export function withProof(text: string, { proof, mark }: NewProof): string | null {
  const lines = text.split("\n");
  const end = headerEnd(lines, mark);
  if (end === null) return null;
  const kept = lines.slice(0, end).filter((line, index) => index === 0 || !isOutdated(line, proof, mark));
  const at = lastKeyLine(kept, mark) + 1;
  const lineEnd = lines[0]?.endsWith("\r") === true ? "\r" : "";
  const header = [...kept.slice(0, at), `${printProof(proof, mark)}${lineEnd}`, ...kept.slice(at)];
  return [...header, ...lines.slice(end)].join("\n");
}

/** How many lines the header has: up to the first section, or the first line that is no comment. */
function headerEnd(lines: readonly string[], mark: CommentMark): number | null {
  if (lines[0]?.replace(/^\uFEFF/, "").trimEnd() !== `${mark} keelson`) return null;
  const end = lines.findIndex((line, index) => index > 0 && !belongs(line, mark));
  return end < 0 ? lines.length : end;
}

/** In SQL, blank lines may stand within a header; in code, the first one ends it. */
function belongs(line: string, mark: CommentMark): boolean {
  if (mark === "//") return line.startsWith(mark);
  return !line.startsWith("-- keelson:") && (line.startsWith(mark) || line.trim() === "");
}

function lastKeyLine(lines: readonly string[], mark: CommentMark): number {
  return lines.findLastIndex((line, index) => index === 0 || keyOf(line, mark) !== null);
}

function isOutdated(line: string, proof: Proof, mark: CommentMark): boolean {
  if (keyOf(line, mark)?.startsWith("proof") !== true) return false;
  const other = parseProof(line);
  if (other === null || other.sha256.slice(0, 16) !== proof.sha256.slice(0, 16)) return true;
  return other.product === proof.product && other.version === proof.version;
}

function keyOf(line: string, mark: CommentMark): string | null {
  if (!line.startsWith(mark)) return null;
  return /^[ \t]*([A-Za-z][\w-]*)[ \t]*:/.exec(line.slice(mark.length))?.[1]?.toLowerCase() ?? null;
}
