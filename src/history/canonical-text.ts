import type { CodeText } from "./code-text.ts";
import type { ParsedHeader } from "./header.ts";
import type { RevisionText } from "./revision-text.ts";

/** A file's text as every checkout has it: no byte-order mark, LF line ends, one line break at the end. */
export function canonicalText(text: string): string {
  const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines = unmarked.includes("\r") ? unmarked.replaceAll("\r\n", "\n") : unmarked;
  const content = lines.trimEnd();
  return content === "" ? "" : `${content}\n`;
}

/**
 * What a revision's checksum is computed over: what decides where the revision stands, and what applying it ran. The
 * message, labels and proof say nothing of that; neither does the way down, which must remain correctable after a
 * revert that failed.
 */
export function checksumText(revision: RevisionText): string {
  const { header, body } = revision;
  const parts = header === null ? [] : [...headerParts(header)];
  if (header === null && body.verify === null && body.require === undefined) return canonicalText(body.up.sql);
  if (body.require !== undefined) parts.push("require:", withoutBlankEnds(body.require.sql));
  parts.push("up:", withoutBlankEnds(body.up.sql));
  if (body.verify !== null) parts.push("verify:", withoutBlankEnds(body.verify.sql));
  return `${parts.join("\n")}\n`;
}

/**
 * What the checksum of a revision written as code is computed over: where it stands, and all of its code. Which of it
 * applying ran can't be told without running it, so the way down counts as well.
 */
export function codeChecksumText({ header, code }: CodeText): string {
  return `${[...headerParts(header), "code:", withoutBlankEnds(code)].join("\n")}\n`;
}

function headerParts(header: ParsedHeader): readonly string[] {
  return [
    `id: ${header.id}`,
    `parents: ${header.parents.join(", ")}`,
    `depends-on: ${header.dependsOn.join(", ")}`,
    `transaction: ${header.transaction}`,
    ...(header.replaces === undefined ? [] : [`replaces: ${header.replaces.join(", ")}`]),
  ];
}

/** Blank lines around a section are layout: editors and merges add and remove them. */
function withoutBlankEnds(sql: string): string {
  return sql.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
