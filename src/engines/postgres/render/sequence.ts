import { sqlName } from "../../../catalog/object-id.ts";
import { isSet, list, type PlanObject, text } from "../plan/schema-model.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Sequences. Who owns one is written by `ownerOf`, once both are there. */
export const sequenceRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const type = text(object, "type") ?? "bigint";
    const words = [
      `CREATE${isSet(object, "unlogged") ? " UNLOGGED" : ""} SEQUENCE ${name}`,
      ...(type === "bigint" ? [] : [`AS ${type}`]),
      ...unusualSettings(list(object, "settings"), type),
    ];
    return [words.join(" "), ...newComment(`SEQUENCE ${name}`, object)];
  },
  drop: (object) => [`DROP SEQUENCE ${sqlName(object.id)}`],
  alter(from, to, changed) {
    const name = sqlName(to.id);
    const settings = list(to, "settings").filter((setting) => !list(from, "settings").includes(setting));
    const type = changed.includes("type") ? [`AS ${text(to, "type")}`] : [];
    const again = startsAgain(list(from, "settings"), list(to, "settings"));
    const words = [...type, ...(type.length > 0 ? list(to, "settings") : settings), ...(again ? ["RESTART"] : [])];
    const change = `ALTER SEQUENCE ${name} ${words.join(" ")}`;
    const both = [list(from, "settings"), list(to, "settings")] as const;
    return [
      ...(words.length > 0 ? [again ? change : withinBounds(name, both, change)] : []),
      ...(changed.includes("unlogged")
        ? [`ALTER SEQUENCE ${name} SET ${isSet(to, "unlogged") ? "UNLOGGED" : "LOGGED"}`]
        : []),
      ...changedComment(`SEQUENCE ${name}`, to, changed),
    ];
  },
};

/** The numbers between which a sequence is. */
export interface SequenceBounds {
  readonly low: bigint;
  readonly high: bigint;
}

/** The bounds among a sequence's settings; null where these have none. */
export function boundsOf(settings: readonly string[]): SequenceBounds | null {
  const [low, high] = [settingOf(settings, "MINVALUE"), settingOf(settings, "MAXVALUE")];
  return low === undefined || high === undefined ? null : { low: BigInt(low), high: BigInt(high) };
}

function settingOf(settings: readonly string[], word: string): string | undefined {
  return settings.find((setting) => setting.startsWith(`${word} `))?.slice(word.length + 1);
}

/** Whether no value that a sequence can be at is within its new bounds, so that it begins again. */
export function startsAgain(from: readonly string[], to: readonly string[]): boolean {
  const [before, after] = [boundsOf(from), boundsOf(to)];
  return before !== null && after !== null && (before.high < after.low || before.low > after.high);
}

/**
 * The change of a sequence's settings. Where the old start is out of the new bounds, a sequence that has given no number yet
 * begins at the new start; one that has keeps its place, or the server refuses the bounds.
 */
export function withinBounds(
  sequence: string,
  [from, to]: readonly [readonly string[], readonly string[]],
  sql: string,
): string {
  const start = settingOf(from, "START WITH");
  const bounds = boundsOf(to);
  if (start === undefined || bounds === null) return sql;
  const { low, high } = bounds;
  if (BigInt(start) >= low && BigInt(start) <= high) return sql;
  return `DO $bounds$
BEGIN
  IF (SELECT is_called OR last_value BETWEEN ${low} AND ${high} FROM ${sequence}) THEN
    ${sql};
  ELSE
    ${sql} RESTART;
  END IF;
END
$bounds$`;
}

/** Makes the sequence belong to a column, or to none. */
export function ownerOf(sequence: PlanObject, column: string | null): string {
  return `ALTER SEQUENCE ${sqlName(sequence.id)} OWNED BY ${column ?? "NONE"}`;
}

const largest: Readonly<Record<string, string>> = {
  smallint: "32767",
  integer: "2147483647",
  bigint: "9223372036854775807",
};
const smallest: Readonly<Record<string, string>> = {
  smallint: "-32768",
  integer: "-2147483648",
  bigint: "-9223372036854775808",
};

/** The settings that a sequence of this type would not have by itself. */
export function unusualSettings(settings: readonly string[], type: string): readonly string[] {
  const descending = settings.some((setting) => setting.startsWith("INCREMENT BY -"));
  const low = descending ? (smallest[type] ?? "") : "1";
  const high = descending ? "-1" : (largest[type] ?? "");
  const start = descending ? (settingOf(settings, "MAXVALUE") ?? high) : (settingOf(settings, "MINVALUE") ?? low);
  const usual = new Set([
    `START WITH ${start}`,
    "INCREMENT BY 1",
    `MINVALUE ${low}`,
    `MAXVALUE ${high}`,
    "CACHE 1",
    "NO CYCLE",
  ]);
  return settings.filter((setting) => !usual.has(setting));
}
