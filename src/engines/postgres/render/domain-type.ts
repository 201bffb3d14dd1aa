import { sqlName } from "../../../catalog/object-id.ts";
import { list, type PlanObject, text } from "../plan/schema-model.ts";
import { usedInsideColumns } from "../plan/type-users.ts";
import { firstWord } from "./first-word.ts";
import { changedComment, commentOn, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Domains. Their default, NOT NULL and checks change in place unless values of arrays or composites are concerned. */
export const domainRenderer: Renderer = {
  create(object) {
    const name = sqlName(object.id);
    const collation = text(object, "collation");
    const value = text(object, "default");
    const checks = list(object, "checks");
    return [
      [
        `CREATE DOMAIN ${name} AS ${text(object, "type")}`,
        ...(collation === null ? [] : [`COLLATE ${collation}`]),
        ...(value === null ? [] : [`DEFAULT ${value}`]),
        ...(object.attributes["notNull"] === true ? [notNullClause(object)] : []),
        ...checks.filter((check) => !isNotValid(check)).map((check) => `CONSTRAINT ${check}`),
      ].join(" "),
      // CREATE DOMAIN takes no constraint that is not valid.
      ...checks.filter(isNotValid).map((check) => `ALTER DOMAIN ${name} ADD CONSTRAINT ${check}`),
      ...newComment(`DOMAIN ${name}`, object),
      ...list(object, "checkComments").map((line) => constraintComment(name, line)),
    ];
  },
  drop: (object) => [`DROP DOMAIN ${sqlName(object.id)}`],
  alter(from, to, changed, context) {
    const inPlace = ["default", "notNull", "notNullConstraint", "checks", "comment", "checkComments"];
    if (!onlyThese(changed, inPlace)) return null;
    // The server looks at the values of columns, and refuses where it would have to look inside of them.
    if (demandsMore(from, to) && usedInsideColumns(from, context.from)) return null;
    const name = sqlName(to.id);
    const alter = (what: string): string => `ALTER DOMAIN ${name} ${what}`;
    const value = text(to, "default");
    return [
      ...checkChanges(list(from, "checks"), list(to, "checks")).map(alter),
      ...(changed.includes("default") ? [alter(value === null ? "DROP DEFAULT" : `SET DEFAULT ${value}`)] : []),
      ...notNullChanges(from, to).map(alter),
      ...changedComment(`DOMAIN ${name}`, to, changed),
      ...commentChanges(from, to).map((line) => constraintComment(name, line)),
    ];
  },
};

/** Whether values that are there have to be looked at. */
function demandsMore(from: PlanObject, to: PlanObject): boolean {
  if (from.attributes["notNull"] !== true && to.attributes["notNull"] === true) return true;
  const before = new Set(list(from, "checks").map(body));
  return list(to, "checks").some((check) => !isNotValid(check) && !before.has(body(check)));
}

function checkChanges(before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = before.filter((check) => !after.includes(check));
  const come = after.filter((check) => !before.includes(check));
  const validated = come.filter((check) => gone.includes(`${check} NOT VALID`));
  const left = gone.filter((check) => !validated.some((valid) => check === `${valid} NOT VALID`));
  const renames: string[] = [];
  const added: string[] = [];
  for (const check of come) {
    if (validated.includes(check)) continue;
    const at = left.findIndex((other) => body(other) === body(check) && !taken(check, before));
    const [same] = at < 0 ? [] : left.splice(at, 1);
    if (same === undefined) added.push(`ADD CONSTRAINT ${check}`);
    else renames.push(`RENAME CONSTRAINT ${firstWord(same)} TO ${firstWord(check)}`);
  }
  return [
    ...renames,
    ...left.map((check) => `DROP CONSTRAINT ${firstWord(check)}`),
    ...added,
    ...validated.map((check) => `VALIDATE CONSTRAINT ${firstWord(check)}`),
  ];
}

function taken(check: string, before: readonly string[]): boolean {
  return before.some((other) => firstWord(other) === firstWord(check));
}

function body(check: string): string {
  return check.slice(firstWord(check).length);
}

/** Whether a check holds for new values only. */
export function isNotValid(check: string): boolean {
  return check.endsWith(" NOT VALID");
}

function notNullClause(object: PlanObject): string {
  const name = text(object, "notNullConstraint");
  return name === null ? "NOT NULL" : `CONSTRAINT ${name} NOT NULL`;
}

function notNullChanges(from: PlanObject, to: PlanObject): readonly string[] {
  const before = from.attributes["notNull"] === true;
  const after = to.attributes["notNull"] === true;
  const name = text(to, "notNullConstraint");
  if (!after) return before ? ["DROP NOT NULL"] : [];
  if (before && name === text(from, "notNullConstraint")) return [];
  return [...(before ? ["DROP NOT NULL"] : []), name === null ? "SET NOT NULL" : `ADD CONSTRAINT ${name} NOT NULL`];
}

/** Comments go with a constraint that goes, and stay with one that gets another name. */
function commentChanges(from: PlanObject, to: PlanObject): readonly string[] {
  const before = list(from, "checkComments");
  const after = list(to, "checkComments");
  const names = new Set(after.map(firstWord));
  const present = new Set([...list(to, "checks").map(firstWord), text(to, "notNullConstraint")]);
  const current = (name: string): string => renamedTo(name, from, to) ?? name;
  const gone = before.map((line) => current(firstWord(line))).filter((name) => !names.has(name) && present.has(name));
  return [...gone, ...after.filter((line) => !before.includes(line) || wasMadeAgain(firstWord(line), from, to))];
}

/** The name under which a check goes on, where it only got another one. */
function renamedTo(name: string, from: PlanObject, to: PlanObject): string | null {
  const old = list(from, "checks").find((check) => firstWord(check) === name);
  if (old === undefined || list(to, "checks").some((check) => firstWord(check) === name)) return null;
  const same = list(to, "checks").find((check) => body(check) === body(old));
  return same === undefined ? null : firstWord(same);
}

function wasMadeAgain(name: string, from: PlanObject, to: PlanObject): boolean {
  const find = (object: PlanObject): string | undefined =>
    list(object, "checks").find((check) => firstWord(check) === name);
  return find(from) !== find(to);
}

function constraintComment(domain: string, line: string): string {
  const name = firstWord(line);
  const comment = line.slice(name.length + 1);
  return commentOn(`CONSTRAINT ${name} ON DOMAIN ${domain}`, comment === "" ? null : comment);
}
