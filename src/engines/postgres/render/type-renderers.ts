import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Enums. New labels are added in place; labels that go, or change places, need a new type. */
export const enumRenderer: Renderer = {
  create(object) {
    const labels = list(object, "labels").map(quoteText).join(", ");
    return [
      `CREATE TYPE ${sqlName(object.id)} AS ENUM (${labels})`,
      ...newComment(`TYPE ${sqlName(object.id)}`, object),
    ];
  },
  drop: (object) => [`DROP TYPE ${sqlName(object.id)}`],
  alter(from, to, changed) {
    const added = changed.includes("labels") ? addedLabels(list(from, "labels"), list(to, "labels")) : [];
    if (added === null) return null;
    const name = sqlName(to.id);
    return [
      ...added.map(({ label, place }) => `ALTER TYPE ${name} ADD VALUE ${quoteText(label)}${place}`),
      ...changedComment(`TYPE ${name}`, to, changed),
    ];
  },
};

/** The labels that an enum gets, each with its place; null where the old ones are not a subsequence of the new ones. */
function addedLabels(
  from: readonly string[],
  to: readonly string[],
): readonly { readonly label: string; readonly place: string }[] | null {
  const kept = to.filter((label) => from.includes(label));
  if (kept.join("\0") !== from.join("\0")) return null;
  const added: { label: string; place: string }[] = [];
  for (const [index, label] of to.entries()) {
    if (from.includes(label)) continue;
    const before = to[index - 1];
    const after = to.slice(index + 1).find((other) => from.includes(other));
    const place =
      after === undefined ? "" : before === undefined ? ` BEFORE ${quoteText(after)}` : ` AFTER ${quoteText(before)}`;
    added.push({ label, place });
  }
  return added;
}

/** Domains. */
export const domainRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const collation = text(object, "collation");
    const value = text(object, "default");
    return [
      [
        `CREATE DOMAIN ${name} AS ${text(object, "type")}`,
        ...(collation === null ? [] : [`COLLATE ${collation}`]),
        ...(value === null ? [] : [`DEFAULT ${value}`]),
        ...(object.attributes["notNull"] === true ? ["NOT NULL"] : []),
        ...list(object, "checks").map((check) => `CONSTRAINT ${check}`),
      ].join(" "),
      ...newComment(`DOMAIN ${name}`, object),
    ];
  },
  drop: (object) => [`DROP DOMAIN ${sqlName(object.id)}`],
  alter(from, to, changed) {
    if (!onlyThese(changed, ["default", "notNull", "checks", "comment"])) return null;
    const name = sqlName(to.id);
    const alter = (what: string): string => `ALTER DOMAIN ${name} ${what}`;
    const value = text(to, "default");
    const before = list(from, "checks");
    const after = list(to, "checks");
    return [
      ...before.filter((check) => !after.includes(check)).map((check) => alter(`DROP CONSTRAINT ${firstWord(check)}`)),
      ...after.filter((check) => !before.includes(check)).map((check) => alter(`ADD CONSTRAINT ${check}`)),
      ...(changed.includes("default") ? [alter(value === null ? "DROP DEFAULT" : `SET DEFAULT ${value}`)] : []),
      ...(changed.includes("notNull")
        ? [alter(to.attributes["notNull"] === true ? "SET NOT NULL" : "DROP NOT NULL")]
        : []),
      ...changedComment(`DOMAIN ${name}`, to, changed),
    ];
  },
};

/** Composite types. Attributes are added, dropped and retyped in place as long as the others keep their order. */
export const typeRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const body = list(object, "attributes")
      .map((attribute) => `\n  ${attribute}`)
      .join(",");
    return [`CREATE TYPE ${name} AS (${body}\n)`, ...newComment(`TYPE ${name}`, object)];
  },
  drop: (object) => [`DROP TYPE ${sqlName(object.id)}`],
  alter(from, to, changed, context) {
    const changes = attributeChanges(list(from, "attributes"), list(to, "attributes"));
    if (changes === null) return null;
    // The server gives no attribute another type while a column has values of it.
    const used = context.from.dependents(from.id).some((object) => object.kind === "column");
    if (used && changes.some((change) => change.startsWith("ALTER ATTRIBUTE"))) return null;
    const name = sqlName(to.id);
    return [
      ...(changed.includes("attributes") ? changes.map((change) => `ALTER TYPE ${name} ${change}`) : []),
      ...changedComment(`TYPE ${name}`, to, changed),
    ];
  },
};

function attributeChanges(from: readonly string[], to: readonly string[]): readonly string[] | null {
  const before = new Map(from.map((attribute) => [firstWord(attribute), attribute]));
  const after = new Map(to.map((attribute) => [firstWord(attribute), attribute]));
  const kept = [...before.keys()].filter((name) => after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  if ([...kept, ...added].join("\0") !== [...after.keys()].join("\0")) return null;
  return [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `DROP ATTRIBUTE ${name} CASCADE`),
    ...kept
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => `ALTER ATTRIBUTE ${name} TYPE ${(after.get(name) ?? "").slice(name.length + 1)} CASCADE`),
    ...added.map((name) => `ADD ATTRIBUTE ${after.get(name)} CASCADE`),
  ];
}

/** The identifier, perhaps quoted, that a text begins with. */
export function firstWord(content: string): string {
  if (!content.startsWith('"')) return content.slice(0, content.indexOf(" "));
  for (let at = 1; at < content.length; at++) {
    if (content[at] !== '"') continue;
    if (content[at + 1] !== '"') return content.slice(0, at + 1);
    at++;
  }
  return content;
}

/** Whether an object is a type that columns may have. */
export function isColumnType(object: PlanObject): boolean {
  return object.kind === "enum" || object.kind === "domain" || object.kind === "type";
}
