import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { columnsHolding } from "../plan/type-users.ts";
import { firstWord } from "./first-word.ts";
import { changedComment, commentOn, newComment, onlyThese, type RenderContext, type Renderer } from "./renderer.ts";

/** Composite types. Attributes come and go in place as long as the others keep their order, and get other types where no column holds them. */
export const typeRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const body = list(object, "attributes")
      .map((attribute) => `\n  ${attribute}`)
      .join(",");
    return [
      `CREATE TYPE ${name} AS (${body}\n)`,
      ...newComment(`TYPE ${name}`, object),
      ...list(object, "attributeComments").map((line) => attributeComment(name, line)),
    ];
  },
  drop: (object) => [`DROP TYPE ${sqlName(object.id)}`],
  alter(from, to, changed, context) {
    if (!onlyThese(changed, ["attributes", "comment", "attributeComments"])) return null;
    const changes = attributeChanges(list(from, "attributes"), list(to, "attributes"));
    if (changes === null) return null;
    const { dropped, retyped, added } = changes;
    if ((dropped.length > 0 || retyped.length > 0) && isRead(from, context)) return null;
    // The server gives no attribute another type while a column has values of it.
    if (retyped.length > 0 && columnsHolding(from, context.from).length > 0) return null;
    const name = sqlName(to.id);
    const cascade = typedTables(from, context) ? " CASCADE" : "";
    return [
      ...[...dropped, ...retyped, ...added].map((change) => `ALTER TYPE ${name} ${change}${cascade}`),
      ...changedComment(`TYPE ${name}`, to, changed),
      ...commentChanges(from, to).map((line) => attributeComment(name, line)),
    ];
  },
};

/** Whether anything but other types, columns and functions that take it was built on the type, and may read an attribute. */
function isRead(type: PlanObject, { from }: RenderContext): boolean {
  const kinds: readonly PlanObject["kind"][] = ["column", "type", "domain", "range", "table", "default"];
  return from.dependents(type.id).some((user) => !kinds.includes(user.kind) || text(user, "generated") !== null);
}

function typedTables(type: PlanObject, { from }: RenderContext): boolean {
  return from.dependents(type.id).some((user) => user.kind === "table");
}

interface AttributeChanges {
  readonly dropped: readonly string[];
  readonly retyped: readonly string[];
  readonly added: readonly string[];
}

function attributeChanges(from: readonly string[], to: readonly string[]): AttributeChanges | null {
  const before = new Map(from.map((attribute) => [firstWord(attribute), attribute]));
  const after = new Map(to.map((attribute) => [firstWord(attribute), attribute]));
  const kept = [...before.keys()].filter((name) => after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  if ([...kept, ...added].join("\0") !== [...after.keys()].join("\0")) return null;
  return {
    dropped: [...before.keys()].filter((name) => !after.has(name)).map((name) => `DROP ATTRIBUTE ${name}`),
    retyped: kept
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => `ALTER ATTRIBUTE ${name} TYPE ${(after.get(name) ?? "").slice(name.length + 1)}`),
    added: added.map((name) => `ADD ATTRIBUTE ${after.get(name)}`),
  };
}

function commentChanges(from: PlanObject, to: PlanObject): readonly string[] {
  const before = list(from, "attributeComments");
  const after = list(to, "attributeComments");
  const names = new Set(after.map(firstWord));
  const present = new Set(list(to, "attributes").map(firstWord));
  const gone = before.map(firstWord).filter((name) => !names.has(name) && present.has(name));
  return [...gone, ...after.filter((line) => !before.includes(line))];
}

function attributeComment(type: string, line: string): string {
  const name = firstWord(line);
  const comment = line.slice(name.length + 1);
  return commentOn(`COLUMN ${type}.${name}`, comment === "" ? null : comment);
}
