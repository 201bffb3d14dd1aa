import type { Catalog } from "../../../catalog/catalog.ts";
import { idParts, plainPart, withParts } from "../../../catalog/object-id.ts";
import { type Nameable, nameables, pathOf, writtenName } from "../../../diff/nameables.ts";
import { idsBeforeOwnRename, renamedIds } from "../../../diff/renamed-ids.ts";
import { kindWords, type Rename } from "../../../diff/renames.ts";
import { KeelsonError } from "../../../errors.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { renameSql, setSchemaSql } from "../render/rename.ts";
import { claims } from "./claims.ts";
import type { PlanObject } from "./schema-model.ts";

/**
 * Writes renames in an order in which each finds its new name free: what holds others comes before them, and where names
 * are exchanged, one goes by a name in between that nothing has.
 */
export function renameStatements(from: Catalog, renames: readonly Rename[]): readonly PlannedStatement[] {
  if (renames.length === 0) return [];
  const all = nameables(from);
  const schemas = renames.filter(({ kind }) => kind === "schema");
  const rest = renames.filter(({ kind }) => kind !== "schema");
  return [...inOrder(schemas, { from, all, renames: schemas }), ...inOrder(rest, { from, all, renames })];
}

interface Naming {
  readonly from: Catalog;
  readonly all: readonly Nameable[];
  /** These, and those that were carried out before them. */
  readonly renames: readonly Rename[];
}

interface Move {
  readonly rename: Rename;
  readonly object: Nameable;
  /** The rename of what it is a part of. */
  readonly home: Move | null;
  /** What it is called now, in what has its new name already. */
  at: string;
  /** `aside`: it goes by a name in between. */
  state: "waiting" | "aside" | "done";
}

function inOrder(renames: readonly Rename[], naming: Naming): readonly PlannedStatement[] {
  const moves = movesOf(renames, naming);
  const names = new NamesInUse(naming);
  const statements: PlannedStatement[] = [];
  const carryOut = (move: Move, target: string, state: Move["state"]): void => {
    statements.push(...written(move, target, { names, from: naming.from }));
    names.change(move, target);
    move.at = target;
    move.state = state;
  };
  for (let open = moves; open.length > 0; open = open.filter(({ state }) => state !== "done")) {
    const before = statements.length;
    for (const move of open)
      if (isReady(move) && names.isFree(move, move.rename.to)) carryOut(move, move.rename.to, "done");
    if (statements.length > before) continue;
    const blocked = open.find((move) => isReady(move) && move.state === "waiting");
    if (blocked === undefined) throw nameTaken(open[0]);
    carryOut(blocked, names.between(blocked), "aside");
  }
  return statements;
}

/** What it is a part of comes first, unless that waits for a name itself. */
function isReady({ home }: Move): boolean {
  return home === null || home.state !== "waiting";
}

function nameTaken(move: Move | undefined): KeelsonError {
  const name = move === undefined ? "a name" : `${move.rename.to}`;
  return new KeelsonError(
    "plan.impossible",
    `Nothing can be renamed to ${name} while something else has that name. Nothing was planned.`,
    { hint: "Drop that, or give it another name, in a revision before this one." },
  );
}

/** Routines go first, because their names hold those of types. What comes with a rename of another needs no statement. */
function movesOf(renames: readonly Rename[], { from, all, renames: known }: Naming): readonly Move[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const before = idsBeforeOwnRename(from, known);
  const moves = new Map<string, Move>();
  for (const rename of parentsFirst(renames, byId)) {
    const object = byId.get(rename.from);
    const at = before.get(rename.from) ?? rename.from;
    if (object === undefined || at === rename.to) continue;
    const home = object.parent === null ? null : (moves.get(object.parent) ?? null);
    moves.set(rename.from, { rename, object, at, home, state: "waiting" });
  }
  return [...moves.values()].sort((a, b) => rank(a) - rank(b) || (a.rename.from < b.rename.from ? -1 : 1));
}

function parentsFirst(renames: readonly Rename[], byId: ReadonlyMap<string, Nameable>): readonly Rename[] {
  const isPart = ({ from }: Rename): number => ((byId.get(from)?.parent ?? null) === null ? 0 : 1);
  return renames.toSorted((a, b) => isPart(a) - isPart(b));
}

function rank({ object }: Move): number {
  if (object.kind === "function" || object.kind === "aggregate") return 0;
  return object.parent === null ? 1 : 2;
}

/** One rename as statements: into another schema and to another name where both differ, in the order that is free. */
function written(
  move: Move,
  target: string,
  { names, from }: { readonly names: NamesInUse; readonly from: Catalog },
): readonly PlannedStatement[] {
  const statement = (sql: string): PlannedStatement => ({
    sql,
    title: `rename ${kindWords(rename.kind)} ${writtenName(rename.from, from)} to ${writtenName(rename.to, from)}`,
    objects: [rename.to],
    losses: [],
    rename: `${writtenName(rename.from, from)}:${writtenName(rename.to, from)}`,
  });
  const { rename, object } = move;
  const at = now(move, move.at);
  const [schema = "", ...old] = pathOf(at);
  const [newSchema = "", ...fresh] = pathOf(target);
  const moves = object.parent === null && object.kind !== "schema" && schema !== newSchema && old.length > 0;
  if (!moves) return [statement(renameSql(object, at, target))];
  if (old.join(".") === fresh.join(".")) return [statement(setSchemaSql(object, at, newSchema))];
  const movedFirst = withParts(at, [newSchema, ...old]);
  const renamedFirst = withParts(at, [schema, ...fresh]);
  if (names.isTaken(object, movedFirst) && !names.isTaken(object, renamedFirst)) {
    return [statement(renameSql(object, at, renamedFirst)), statement(setSchemaSql(object, renamedFirst, newSchema))];
  }
  return [statement(setSchemaSql(object, at, newSchema)), statement(renameSql(object, movedFirst, target))];
}

/** The id as it is at the moment, where what it is a part of goes by a name in between. */
function now({ home }: Move, id: string): string {
  if (home === null || home.state === "done") return id;
  const parts = pathOf(id);
  const around = pathOf(now(home, home.at));
  return withParts(id, [...around.slice(0, parts.length - 1), ...parts.slice(-1)]);
}

/** Which names are in use at a moment of the plan, all of them below what has its new name already. */
class NamesInUse {
  readonly #used = new Map<string, number>();
  #counter = 0;

  constructor({ from, all, renames }: Naming) {
    const after = renamedIds(from, renames);
    const before = idsBeforeOwnRename(from, renames);
    for (const one of all) this.#count(one, before.get(one.id) ?? after.get(one.id) ?? one.id, 1);
  }

  isFree(move: Move, id: string): boolean {
    const own = new Set(claimsAt(move.object, move.at));
    return claimsAt(move.object, id).every((claim) => own.has(claim) || (this.#used.get(claim) ?? 0) === 0);
  }

  isTaken(object: Nameable, id: string): boolean {
    return claimsAt(object, id).some((claim) => (this.#used.get(claim) ?? 0) > 0);
  }

  /** A name beside the one that is had now, which nothing has. */
  between({ object, at }: Move): string {
    for (;;) {
      const parts = pathOf(at);
      const id = withParts(at, [...parts.slice(0, -1), `keelson_rename_${++this.#counter}`]);
      if (!this.isTaken(object, id)) return id;
    }
  }

  change({ object, at }: Move, to: string): void {
    this.#count(object, at, -1);
    this.#count(object, to, 1);
  }

  #count(object: Nameable, id: string, by: number): void {
    for (const claim of claimsAt(object, id)) this.#used.set(claim, (this.#used.get(claim) ?? 0) + by);
  }
}

function claimsAt(object: Nameable, id: string): readonly string[] {
  const { kind } = object;
  if (kind === "enum-value") return [`${kind} ${idParts(id).map(plainPart).join("\u0000")}`];
  if (kind === "view-column" || kind === "attribute") return [`${kind} ${id}`];
  return claims({ ...object, kind, id } as PlanObject);
}
