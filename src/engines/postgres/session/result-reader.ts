import type { QueryResult, Value } from "../../engine.ts";
import type { WireField } from "./wire-messages.ts";

/** Type OIDs whose values are not handed out as text. They are fixed in every release. */
const oid = { bool: 16, int8: 20, int2: 21, int4: 23, float4: 700, float8: 701 } as const;

/** The value of a column from the text the server sent: integers and floats as numbers where exact, booleans, else text. */
function valueFromText(type: number, text: string): Value {
  switch (type) {
    case oid.bool:
      return text === "t";
    case oid.int2:
    case oid.int4:
      return Number(text);
    case oid.int8: {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case oid.float4:
    case oid.float8: {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    default:
      return text;
  }
}

/** Collects the messages of one request into results, one for each statement that finished. */
export class ResultReader {
  readonly results: QueryResult[] = [];
  #fields: readonly WireField[] = [];
  #rows: Record<string, Value>[] = [];

  /** How many statements have finished. */
  get finished(): number {
    return this.results.length;
  }

  rowDescription(fields: readonly WireField[]): void {
    this.#fields = fields;
    this.#rows = [];
  }

  dataRow(texts: readonly (string | null)[]): void {
    const row: Record<string, Value> = {};
    let index = 0;
    for (const { name, dataTypeID } of this.#fields) {
      const text = texts[index++];
      row[name] = text === null || text === undefined ? null : valueFromText(dataTypeID, text);
    }
    this.#rows.push(row);
  }

  commandComplete(tag: string): void {
    const [, command = tag, count] = /^([A-Z ]*[A-Z])(?:(?: \d+)? (\d+))?$/.exec(tag) ?? [];
    this.results.push({
      columns: this.#fields.map((field) => field.name),
      rows: this.#rows,
      rowCount: count === undefined ? this.#rows.length : Number(count),
      command,
    });
    this.#fields = [];
    this.#rows = [];
  }

  /** A statement of nothing but comments. */
  emptyQuery(): void {
    this.commandComplete("");
  }
}
