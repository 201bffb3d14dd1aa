import type { Node, RangeVar } from "@pgsql/types";

/** A table, view or index as a statement names it: `orders`, `shop.orders`. */
export function relationName(relation: RangeVar | undefined): string {
  return relationParts(relation).join(".");
}

/** The same name in its parts, the schema only where it is written. */
export function relationParts(relation: RangeVar | undefined): readonly string[] {
  return [relation?.schemaname, relation?.relname].filter((part) => part !== undefined);
}

/** The strings of a list of names. */
export function nameParts(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
}

/** The name that one entry of a DROP's list stands for, in its parts. */
export function objectParts(node: Node): readonly string[] {
  if ("List" in node) return nameParts(node.List.items);
  if ("TypeName" in node) return nameParts(node.TypeName.names);
  if ("ObjectWithArgs" in node) return nameParts(node.ObjectWithArgs.objname);
  return nameParts([node]);
}

/** The keyword options of a statement as lower-case text; one without a value is `true`. */
export function optionValues(options: readonly Node[] | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const option of options ?? []) {
    if (!("DefElem" in option)) continue;
    const { defname = "", arg } = option.DefElem;
    values.set(defname.toLowerCase(), optionText(arg));
  }
  return values;
}

function optionText(arg: Node | undefined): string {
  if (arg === undefined) return "true";
  if ("String" in arg) return (arg.String.sval ?? "").toLowerCase();
  if ("Boolean" in arg) return String(arg.Boolean.boolval === true);
  if ("Integer" in arg) return String(arg.Integer.ival ?? 0);
  return "true";
}

/** Whether an option is on: PostgreSQL takes true, on, 1 and their beginnings. */
export function optionOn(values: ReadonlyMap<string, string>, name: string, otherwise: boolean): boolean {
  const value = values.get(name);
  return value === undefined ? otherwise : !["false", "off", "0", "no"].includes(value);
}
