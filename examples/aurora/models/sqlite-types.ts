import { customType } from "drizzle-orm/sqlite-core";

/** A text of at most so many characters; the length is for people and for PostgreSQL, SQLite does not look at it. */
export const varchar = customType<{ data: string; config: { length: number }; configRequired: true }>({
  dataType: ({ length }) => `VARCHAR(${length})`,
});

/** Stored as 0 and 1. */
export const boolean = customType<{ data: boolean; driverData: number }>({
  dataType: () => "BOOLEAN",
  toDriver: (value) => (value ? 1 : 0),
  fromDriver: (stored) => stored === 1,
});

/** Stored as a text in UTC such as `2026-01-12 09:30:00`, which SQLite's own functions read and write. */
export const datetime = customType<{ data: Date; driverData: string }>({
  dataType: () => "DATETIME",
  toDriver: (value) => value.toISOString().replace("T", " ").replace("Z", ""),
  fromDriver: (stored) => new Date(`${stored.replace(" ", "T")}Z`),
});

/** Stored as text. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => "JSON",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (stored) => JSON.parse(stored) as unknown,
});

/** A number of eight bytes. */
export const float = customType<{ data: number }>({ dataType: () => "FLOAT" });
