import { markers } from "./header.ts";

/** Text with line feeds only and without a byte-order mark, so that editors and git settings make no difference. */
export function normaliseText(text: string): string {
  const unmarked = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return unmarked.includes("\r") ? unmarked.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : unmarked;
}

/**
 * The text that a checksum is computed over: normalised, without what may change after a revision was applied (message,
 * labels, created, proof), and without blank lines at the end.
 */
export function canonicalText(text: string): string {
  const normal = normaliseText(text);
  if (!normal.startsWith(`${markers.header}\n`)) return `${normal.trimEnd()}\n`;
  const lines = normal.split("\n");
  const end = lines.findIndex((line) => line.startsWith("-- keelson:"));
  const kept = lines.filter((line, at) => at >= end || !/^--\s*(message|labels|created|proof[\w-]*)\s*:/i.test(line));
  return `${kept.join("\n").trimEnd()}\n`;
}
