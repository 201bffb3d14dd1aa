import { compareNumbers, versionNumber } from "./file-name.ts";
import type { Layout } from "./layout.ts";

/** A moment as a version: the time in UTC to the second, 14 digits. */
export function momentVersion(moment: Date): string {
  return moment.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
}

/** A number as a version, with four digits or more. */
export function countedVersion(number: bigint): string {
  return number.toString().padStart(4, "0");
}

/** The version after another one: a second later, or the next number. */
export function nextVersion(version: string, numbering: Layout["numbering"]): string {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(version) ?? [];
  const moment = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s) + 1);
  // What has 14 digits need not be a time.
  const isMoment = numbering === "timestamp" && !Number.isNaN(moment);
  const later = isMoment ? momentVersion(new Date(moment)) : "";
  if (later > version) return later;
  return countedVersion(BigInt(version) + 1n);
}

/** The wanted version, or the one after `last` where that is no earlier: clocks differ, and a late file would be out of order. */
export function laterVersion(wanted: string, last: string | null, numbering: Layout["numbering"]): string {
  if (last === null || compareNumbers(versionNumber(wanted), last) > 0) return wanted;
  return nextVersion(last, numbering);
}
