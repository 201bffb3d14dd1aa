import type { Session, Settlement, Value } from "../../engine.ts";

/** What a judge remembers of the time before a statement; kept in the ledger as JSON. */
export type Note = Readonly<Record<string, Value | readonly number[]>>;

/** How one kind of statement is judged after an interruption. */
export interface Judge {
  /** Reads what `settle` will need. */
  note(session: Session): Promise<Note>;
  /** Says how the statement turned out; `note` is null when none could be kept. */
  settle(session: Session, note: Note | null): Promise<Settlement>;
}

/** A judge for statements that may simply run again. */
export const repeatable: Judge = { note: async () => ({}), settle: async () => "repeat" };

/** A judge for statements that nothing in the database tells about. */
export const inscrutable: Judge = { note: async () => ({}), settle: async () => "unknown" };

/** The first value of the first row. */
export async function firstValue(session: Session, sql: string, params: readonly Value[]): Promise<Value> {
  const { columns, rows } = await session.query(sql, params);
  const [column] = columns;
  return column === undefined ? null : (rows[0]?.[column] ?? null);
}

/** The list of numbers that a note holds under a name. */
export function numbers(note: Note | null, name: string): readonly number[] {
  const value = note?.[name];
  return Array.isArray(value) ? value : [];
}
