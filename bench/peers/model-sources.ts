/** How many tables the generated schema has, and how many of them have got a column more since. */
export interface GeneratedSchema {
  readonly tables: number;
  /** Tables, from the first on, that have a column more. */
  readonly widened: number;
}

/**
 * The schema as Drizzle tables, for Keelson and for drizzle-kit alike. It has no enum: what Alembic writes for one that
 * several tables share does not run.
 */
export function drizzleModels(schema: GeneratedSchema): string {
  const head = `import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, numeric, pgTable, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
`;
  return [head, ...numbers(schema).map((number) => drizzleTable(number, number <= schema.widened))].join("\n");
}

/** The same schema as SQLAlchemy's declarative classes, for Alembic. */
export function sqlalchemyModels(schema: GeneratedSchema): string {
  const head = `from sqlalchemy import (BigInteger, Boolean, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, Integer, Numeric, String, Text, func, text)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import declarative_base

Base = declarative_base()
`;
  return [head, ...numbers(schema).map((number) => sqlalchemyTable(number, number <= schema.widened))].join("\n\n");
}

function numbers({ tables }: GeneratedSchema): readonly number[] {
  return Array.from({ length: tables }, (_, index) => index + 1);
}

function nameOf(number: number): string {
  return `t${String(number).padStart(3, "0")}`;
}

/** Each table points at one before it, so that the order of making them matters. */
function ownerOf(number: number): string | null {
  return number === 1 ? null : nameOf(Math.ceil(number / 2));
}

function drizzleTable(number: number, isWide: boolean): string {
  const name = nameOf(number);
  const owner = ownerOf(number);
  return `export const ${name} = pgTable("${name}", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  code: varchar("code", { length: 40 }).notNull().unique("${name}_code_key"),
  token: uuid("token").notNull().default(sql\`gen_random_uuid()\`),
  title: text("title").notNull().default("untitled"),
  state: varchar("state", { length: 16 }).notNull().default("draft"),
  amount: numeric("amount", { precision: 12, scale: 2 }),
  rank: integer("rank").notNull().default(0),
  active: boolean("active").notNull().default(true),
  data: jsonb("data"),
  created: timestamp("created", { withTimezone: true }).notNull().defaultNow(),
${owner === null ? "" : `  owner: bigint("owner", { mode: "number" }).references(() => ${owner}.id, { onDelete: "cascade" }),\n`}${isWide ? `  note: text("note"),\n` : ""}}, (table) => [
  index("${name}_created").on(table.created),
  index("${name}_active_rank").on(table.active, table.rank),
  check("${name}_amount", sql\`amount >= 0\`),
]);
`;
}

function sqlalchemyTable(number: number, isWide: boolean): string {
  const name = nameOf(number);
  const owner = ownerOf(number);
  return `class ${name.toUpperCase()}(Base):
    __tablename__ = "${name}"
    id = Column(BigInteger, Identity(always=True), primary_key=True)
    code = Column(String(40), nullable=False, unique=True)
    token = Column(UUID(as_uuid=True), nullable=False, server_default=text("gen_random_uuid()"))
    title = Column(Text, nullable=False, server_default="untitled")
    state = Column(String(16), nullable=False, server_default="draft")
    amount = Column(Numeric(12, 2))
    rank = Column(Integer, nullable=False, server_default="0")
    active = Column(Boolean, nullable=False, server_default=text("true"))
    data = Column(JSONB)
    created = Column(DateTime(timezone=True), nullable=False, server_default=func.now())
${owner === null ? "" : `    owner = Column(BigInteger, ForeignKey("${owner}.id", ondelete="CASCADE"))\n`}${isWide ? "    note = Column(Text)\n" : ""}    __table_args__ = (
        Index("${name}_created", "created"),
        Index("${name}_active_rank", "active", "rank"),
        CheckConstraint("amount >= 0", name="${name}_amount"),
    )`;
}
