import type { QueryResult, Value } from "../engine.ts";

/** What the driver takes and gives for one value. */
export type DriverValue = string | number | bigint | Uint8Array | null;

/** Parameters as the driver wants them: by the name behind the dollar sign. */
export function bindings(params: readonly Value[]): Readonly<Record<string, DriverValue>> {
  return Object.fromEntries(params.map((value, index) => [String(index + 1), toDriver(value)]));
}

/** The result of a statement with columns. Rows are objects; of two equal names the last one wins. */
export function toResult(columns: readonly string[], rows: readonly (readonly unknown[])[]): QueryResult {
  const objects = rows.map((row) => {
    const object: Record<string, Value> = {};
    for (const [index, name] of columns.entries()) object[name] = toValue(row[index]);
    return object;
  });
  return { columns, rows: objects, rowCount: rows.length, command: "" };
}

/** A value as the contract has it: exact numbers, everything else as text. */
function toValue(value: unknown): Value {
  if (value === null || value === undefined || typeof value === "string") return value ?? null;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : value > 0 ? "Infinity" : "-Infinity";
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return String(value);
}

/** Whole numbers are bound as integers: the driver would bind those beyond 32 bits as reals. */
function toDriver(value: Value): DriverValue {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  return value;
}
