import { idParts } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import {
  changedComment,
  commentOn,
  newComment,
  onlyThese,
  optionChanges,
  optionList,
  type Renderer,
} from "./renderer.ts";

/** Constraints of tables that are not written with their table. */
export const constraintRenderer: Renderer = {
  create: (constraint) => createConstraint(constraint, { alone: false }),
  drop: (constraint) => [`ALTER TABLE ${tableName(constraint)} DROP CONSTRAINT ${constraintName(constraint)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["definition", "indexOptions", "indexTablespace", "indexComment", "comment"])) return null;
    const inPlace = changed.includes("definition") ? definitionChange(from, to) : [];
    if (inPlace === null) return null;
    const index = indexOf(to);
    return [
      ...inPlace,
      ...optionChanges(list(from, "indexOptions"), list(to, "indexOptions")).map(
        (change) => `ALTER INDEX ${index} ${change}`,
      ),
      ...(changed.includes("indexTablespace")
        ? [`ALTER INDEX ${index} SET TABLESPACE ${text(to, "indexTablespace") ?? "pg_default"}`]
        : []),
      ...(changed.includes("indexComment") ? [commentOn(`INDEX ${index}`, text(to, "indexComment"))] : []),
      ...changedComment(onTable(to), to, changed),
    ];
  },
};

/** Adds a constraint; `alone`: to a partitioned table and not to its partitions, whose own are attached to it. */
export function createConstraint(constraint: PlanObject, { alone }: { readonly alone: boolean }): readonly string[] {
  const comment = text(constraint, "indexComment");
  const tablespace = text(constraint, "indexTablespace");
  const options = list(constraint, "indexOptions");
  return [
    `ALTER TABLE ${alone ? "ONLY " : ""}${tableName(constraint)} ADD CONSTRAINT ${constraintName(constraint)} ${constraintBody(constraint)}`,
    // Its predicate would have to come after them.
    ...(text(constraint, "type") === "exclude" && options.length > 0
      ? [`ALTER INDEX ${indexOf(constraint)} SET (${optionList(options)})`]
      : []),
    ...(tablespace === null ? [] : [`ALTER INDEX ${indexOf(constraint)} SET TABLESPACE ${tablespace}`]),
    ...(comment === null ? [] : [commentOn(`INDEX ${indexOf(constraint)}`, comment)]),
    ...newComment(onTable(constraint), constraint),
  ];
}

/** A constraint as CREATE TABLE and ADD CONSTRAINT take it; the options of its index stand before DEFERRABLE. */
export function constraintBody(constraint: PlanObject): string {
  const definition = text(constraint, "definition") ?? "";
  const options = list(constraint, "indexOptions");
  if (options.length === 0 || text(constraint, "type") === "exclude") return definition;
  const { body, state } = splitState(definition);
  return `${body} WITH (${optionList(options)})${state}`;
}

/** What the server prints at the end of a constraint's definition, in its order. */
const states = [" NOT VALID", " NOT ENFORCED", " INITIALLY DEFERRED", " DEFERRABLE"] as const;

/** Cuts a definition into what the constraint demands and the words on when it does. */
function splitState(definition: string): { readonly body: string; readonly state: string } {
  let body = definition;
  for (const state of states) if (body.endsWith(state)) body = body.slice(0, -state.length);
  return { body, state: definition.slice(body.length) };
}

/** What the server changes of a constraint that is there; null where it has to be made again. */
export function definitionChange(from: PlanObject, to: PlanObject): readonly string[] | null {
  const before = splitState(text(from, "definition") ?? "");
  const after = splitState(text(to, "definition") ?? "");
  if (before.body !== after.body) return null;
  const has = (of: { readonly state: string }, word: string): boolean => of.state.includes(word);
  const turns = (word: string): boolean => has(before, word) !== has(after, word);
  const isKey = text(to, "type") === "foreign key";
  const on = `ALTER TABLE ${tableName(to)}`;
  const statements: string[] = [];
  if (turns(" DEFERRABLE") || turns(" INITIALLY DEFERRED")) {
    if (!isKey) return null;
    statements.push(`${on} ALTER CONSTRAINT ${constraintName(to)} ${timing(after)}`);
  }
  if (turns(" NOT ENFORCED")) {
    // To enforce one is to look at the rows as well.
    if (!isKey || has(after, " NOT VALID")) return null;
    statements.push(
      `${on} ALTER CONSTRAINT ${constraintName(to)}${has(after, " NOT ENFORCED") ? " NOT ENFORCED" : " ENFORCED"}`,
    );
  } else if (turns(" NOT VALID")) {
    if (has(after, " NOT VALID")) return null;
    statements.push(`${on} VALIDATE CONSTRAINT ${constraintName(to)}`);
  }
  return statements;
}

/** When a foreign key is checked, with every word: what is left out would stay as it is on some servers. */
function timing({ state }: { readonly state: string }): string {
  if (!state.includes(" DEFERRABLE")) return "NOT DEFERRABLE";
  return `DEFERRABLE INITIALLY ${state.includes(" INITIALLY DEFERRED") ? "DEFERRED" : "IMMEDIATE"}`;
}

/** The index that a constraint keeps, under its own name. */
function indexOf(constraint: PlanObject): string {
  return `${idParts(constraint.id)[0]}.${constraintName(constraint)}`;
}

/** Whether the constraint keeps an index under its own name. */
export function hasIndex(constraint: PlanObject): boolean {
  return ["primary key", "unique", "exclude"].includes(text(constraint, "type") ?? "");
}

function tableName(constraint: PlanObject): string {
  return idParts(constraint.id).slice(0, 2).join(".");
}

function constraintName(constraint: PlanObject): string {
  return idParts(constraint.id)[2] ?? "";
}

function onTable(constraint: PlanObject): string {
  return `CONSTRAINT ${constraintName(constraint)} ON ${tableName(constraint)}`;
}
