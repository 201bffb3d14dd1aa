import { isUtf8 } from "node:buffer";
import { KeelsonError } from "../errors.ts";
import { isBlankSql } from "../history/blank-sql.ts";
import { canonicalText, checksumText, codeChecksumText } from "../history/canonical-text.ts";
import { type CodeText, parseCodeText } from "../history/code-text.ts";
import type { RevisionBody, RevisionHeader } from "../history/revision.ts";
import { parseRevisionText, type RevisionText } from "../history/revision-text.ts";
import { sha256Hex } from "../platform/hash.ts";
import { type FileName, isCodeFile } from "./file-name.ts";

/** What the graph needs of a file: small, and the same for the same content. */
export interface FileFacts {
  readonly header: RevisionHeader | null;
  /** The file itself has a way down. */
  readonly hasDown: boolean;
  /** The way up, or the whole of a headerless file, has no statement. */
  readonly isBlank: boolean;
  /** The file has sections of more than the way up although it has no header, so nothing of it can be in a second file. */
  readonly hasSections: boolean;
  /** A headerless file that begins with SQLx's `-- no-transaction`. */
  readonly noTransaction: boolean;
  readonly checksum: string;
}

/** The facts of a file's content. */
export function factsOf(content: Uint8Array, file: string): FileFacts {
  const text = revisionFileText(content, file);
  if (isCodeFile(file)) return codeFacts(parseCodeText(text, file));
  const parsed = parseRevisionText(text, file);
  const { header, body } = parsed;
  return {
    header: header === null ? null : plainHeader(header),
    hasDown: body.down !== null,
    isBlank: isBlankSql(body.up.sql),
    hasSections: header === null && body.up.sql.length !== text.length && !hasOnlyWayUp(body),
    noTransaction: header === null && text.startsWith("-- no-transaction"),
    checksum: checksumOf(parsed),
  };
}

/** What the way up requires belongs to its half of a pair. */
function hasOnlyWayUp({ require, requireDown, down, verify }: RevisionBody): boolean {
  return require !== undefined && requireDown === undefined && down === null && verify === null;
}

/** Code that is no revision, as notes beside revisions are none, has no header and nothing else to say. */
function codeFacts(parsed: CodeText | null): FileFacts {
  const facts = { isBlank: false, hasSections: false, noTransaction: false };
  if (parsed === null) return { ...facts, header: null, hasDown: false, checksum: "" };
  const { header } = parsed;
  return {
    ...facts,
    header: plainHeader(header),
    hasDown: header.reversible !== false,
    checksum: codeChecksumOf(parsed),
  };
}

/** The checksum of a revision that is written as code. */
export function codeChecksumOf(parsed: CodeText): string {
  return sha256Hex(codeChecksumText(parsed));
}

/** The checksum of a revision whose text was taken apart. */
export function checksumOf(parsed: RevisionText): string {
  return sha256Hex(checksumText(parsed));
}

/** The canonical text of a file's content; `history.invalid-file` for what is no UTF-8. */
export function revisionFileText(content: Uint8Array, file: string): string {
  if (isUtf8(content))
    return canonicalText(Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("utf8"));
  const isUtf16 = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
  throw new KeelsonError("history.invalid-file", `${file} is not UTF-8${isUtf16 ? " but UTF-16" : ""}.`, {
    hint: "Save the file as UTF-8.",
    details: { file },
  });
}

function plainHeader(header: RevisionHeader): RevisionHeader {
  const { id, parents, dependsOn, labels, message, created, transaction, transactionDown, replaces } = header;
  const plain = { id, parents, dependsOn, labels, message, created, transaction };
  const way = transactionDown === undefined ? plain : { ...plain, transactionDown };
  return replaces === undefined ? way : { ...way, replaces };
}

/** A file whose name was taken apart. */
export interface NamedFile {
  readonly name: FileName;
  readonly facts: FileFacts;
}
