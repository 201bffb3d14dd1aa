import { foldName } from "../script/tokens.ts";
import type { SqliteSession } from "../sqlite-session.ts";
import { type ChangedTables, changedTables, namesIn } from "./changed-tables.ts";
import { describeGrowth, readViolations, type TableViolations, totals } from "./violations.ts";

/** A table with foreign keys, and the tables they point to, by name in lower case. */
interface ChildTable {
  readonly name: string;
  readonly parents: ReadonlySet<string>;
}

interface Trigger {
  readonly table: string;
  readonly names: readonly string[];
}

/** What is known of the database as of the last check. */
interface Knowledge {
  readonly children: Map<string, ChildTable>;
  readonly violations: Map<string, TableViolations>;
  triggers: readonly Trigger[];
  schemaVersion: number;
  readonly dataVersion: number;
}

/** After this many statements between two checks, the statements are no longer looked at and everything is checked. */
const longestLog = 10_000;

/**
 * Finds rows that a step leaves pointing at nothing, and only those: violations from before the step do not count.
 *
 * Steps run with foreign keys off, and `PRAGMA foreign_key_check` reads every row of every child table, which would make
 * many small steps quadratic. So everything is checked once, when the first step of a run begins, and after each step
 * only the child tables are that its statements may have affected: those they changed, and those that point to one they
 * changed, triggers included. Whatever another connection commits in between, and every rollback, makes the next step
 * begin with everything again.
 */
export class ForeignKeyGuard {
  readonly #session: SqliteSession;
  #known: Knowledge | null = null;
  #statements: string[] = [];
  #overflowed = false;
  #asking = false;

  private constructor(session: SqliteSession) {
    this.#session = session;
    session.listen({
      ran: (sql) => {
        if (this.#asking || this.#known === null || /^pragma\b/i.test(sql)) return;
        if (this.#statements.length < longestLog) this.#statements.push(sql);
        else this.#overflowed = true;
      },
      rolledBack: () => {
        this.#known = null;
      },
    });
  }

  /** The guard of a session. */
  static of(session: SqliteSession): ForeignKeyGuard {
    const guard = guards.get(session) ?? new ForeignKeyGuard(session);
    guards.set(session, guard);
    return guard;
  }

  /** Learns what is already wrong; call it at the beginning of a step's transaction. */
  async begin(): Promise<void> {
    await this.#ask(async () => {
      const known = this.#known;
      if (known === null || !(await this.#isCurrent(known))) this.#known = await this.#readAll();
      else await this.#update(known);
    });
    this.#forgetStatements();
  }

  /** What the statements since `begin` made wrong, in words; empty when nothing. */
  async check(): Promise<readonly string[]> {
    const problems = await this.#ask(async () => {
      if (this.#known !== null) return await this.#update(this.#known);
      this.#known = await this.#readAll();
      return describeGrowth(new Map(), this.#known.violations);
    });
    // A step with problems will be rolled back, which forgets what was learnt here.
    this.#forgetStatements();
    return problems;
  }

  #forgetStatements(): void {
    this.#statements = [];
    this.#overflowed = false;
  }

  /** Statements of the guard's own are no part of a step. */
  async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#asking = true;
    try {
      return await work();
    } finally {
      this.#asking = false;
    }
  }

  async #isCurrent(known: Knowledge): Promise<boolean> {
    return (
      known.dataVersion === (await this.#number("data_version")) &&
      known.schemaVersion === (await this.#number("schema_version"))
    );
  }

  async #number(pragma: string): Promise<number> {
    const result = await this.#session.query<Readonly<Record<string, number>>>(`PRAGMA ${pragma}`);
    return Number(result.rows[0]?.[pragma]);
  }

  async #readAll(): Promise<Knowledge> {
    const children = await this.#readChildren();
    const violations = new Map<string, TableViolations>();
    for (const [key, child] of children) await this.#readTable(violations, key, child.name);
    return {
      children,
      violations,
      triggers: await this.#readTriggers(),
      schemaVersion: await this.#number("schema_version"),
      dataVersion: await this.#number("data_version"),
    };
  }

  async #readChildren(): Promise<Map<string, ChildTable>> {
    const found = await this.#session.query<{ readonly child: string; readonly parent: string }>(
      "SELECT m.name AS child, f.\"table\" AS parent FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'",
    );
    const children = new Map<string, ChildTable>();
    for (const { child, parent } of found.rows) {
      const known = children.get(foldName(child))?.parents ?? [];
      children.set(foldName(child), { name: child, parents: new Set([...known, foldName(parent)]) });
    }
    return children;
  }

  async #refreshChildren(known: Knowledge): Promise<void> {
    const children = await this.#readChildren();
    known.children.clear();
    for (const [key, child] of children) known.children.set(key, child);
  }

  /** Brings what is known up to date with the statements of the log, and says what they made worse. */
  async #update(known: Knowledge): Promise<readonly string[]> {
    const changed = this.#changed();
    const triggers = changed.triggers ? await this.#readTriggers() : known.triggers;
    const names = withTriggers(changed.names, [...new Set([...known.triggers, ...triggers])]);
    known.triggers = triggers;
    const before = this.#affected(known, changed, names);
    if (changed.all) await this.#refreshChildren(known);
    // A rename rewrites the foreign keys of tables that no statement names.
    else for (const key of new Set([...names, ...before])) await this.#refreshChild(known, key);
    const after = this.#affected(known, changed, names);
    const old = new Map<string, TableViolations>();
    const now = new Map<string, TableViolations>();
    for (const key of new Set([...before, ...after, ...names])) {
      const violations = known.violations.get(key);
      if (violations !== undefined) old.set(key, violations);
      known.violations.delete(key);
      const child = known.children.get(key);
      if (child === undefined) continue;
      await this.#readTable(now, key, child.name);
      const found = now.get(key);
      if (found !== undefined) known.violations.set(key, found);
    }
    known.schemaVersion = await this.#number("schema_version");
    return describeGrowth(old, now);
  }

  #changed(): ChangedTables {
    const changed = changedTables(this.#statements);
    return this.#overflowed ? { ...changed, all: true, triggers: true } : changed;
  }

  /** The child tables that are among the names or point to one of them. */
  #affected(known: Knowledge, changed: ChangedTables, names: ReadonlySet<string>): readonly string[] {
    const keys = [...known.children.keys()];
    if (changed.all) return keys;
    if (names.size === 0) return [];
    return keys.filter((key) => names.has(key) || pointsTo(known.children.get(key), names));
  }

  async #refreshChild(known: Knowledge, key: string): Promise<void> {
    const found = await this.#session.query<{ readonly parent: string }>(
      `SELECT DISTINCT "table" AS parent FROM pragma_foreign_key_list($1, 'main')`,
      [key],
    );
    if (found.rows.length === 0) known.children.delete(key);
    else known.children.set(key, { name: key, parents: new Set(found.rows.map((row) => foldName(row.parent))) });
  }

  async #readTable(into: Map<string, TableViolations>, key: string, name: string): Promise<void> {
    const violations = await readViolations(this.#session, name);
    if (totals(violations) > 0) into.set(key, violations);
  }

  async #readTriggers(): Promise<readonly Trigger[]> {
    const found = await this.#session.query<{ readonly tbl_name: string; readonly sql: string | null }>(
      "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' UNION ALL SELECT tbl_name, sql FROM sqlite_temp_schema WHERE type = 'trigger'",
    );
    return found.rows.map((row) => ({ table: foldName(row.tbl_name), names: namesIn(row.sql ?? "") }));
  }
}

const guards = new WeakMap<SqliteSession, ForeignKeyGuard>();

/** Adds what triggers on changed tables may change, and what triggers on those may. */
function withTriggers(names: ReadonlySet<string>, triggers: readonly Trigger[]): ReadonlySet<string> {
  const all = new Set(names);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const trigger of triggers) {
      if (!all.has(trigger.table)) continue;
      for (const name of trigger.names) all.add(name);
    }
  }
  return all;
}

function pointsTo(child: ChildTable | undefined, names: ReadonlySet<string>): boolean {
  if (child === undefined) return false;
  for (const parent of child.parents) if (names.has(parent)) return true;
  return false;
}
