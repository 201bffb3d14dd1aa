import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { idParts, plainPart, splitOutsideQuotes } from "../catalog/object-id.ts";
import { KeelsonError } from "../errors.ts";
import type { ValueMap } from "./value-maps.ts";

/**
 * Reads maps as a person writes them (`public.state:old=new`, `state:old=` for no value; parts in double quotes where they
 * hold a dot, a colon or an equals sign). Throws `usage.invalid` for one that fits no enum, a value that stays, and a
 * value that is not there.
 */
export function resolveMaps(texts: readonly string[], from: Catalog, to: Catalog): readonly ValueMap[] {
  const maps = texts.map((text) => resolveOne(text, from, to));
  for (const [index, map] of maps.entries()) {
    const other = maps.find((one) => one.enum === map.enum && one.from === map.from);
    if (other !== map) throw refused(texts[index] ?? "", `${map.from} is mapped twice`, "Map each value once.");
  }
  return maps;
}

function resolveOne(text: string, from: Catalog, to: Catalog): ValueMap {
  const [name = "", values = "", ...more] = splitOutsideQuotes(text, ":");
  const [old = "", next, ...rest] = splitOutsideQuotes(values, "=").map((part) => plainPart(part.trim()));
  if (name.trim() === "" || old === "" || next === undefined || more.length + rest.length > 0) {
    throw refused(text, "it is no map", "Write public.state:old=new, or public.state:old= for no value at all.");
  }
  const wanted = enums(to, name);
  if (wanted.length > 1) {
    throw refused(text, `it can mean ${wanted.map((one) => one.name).join(" or ")}`, "Name the enum with its schema.");
  }
  const [type] = wanted;
  if (type === undefined) {
    const known = enums(to, "").map((one) => one.name);
    const hint = known.length === 0 ? "There is no enum in the models." : `There is ${known.join(", ")}.`;
    throw refused(text, `the models have no enum ${name.trim()}`, hint);
  }
  const before = from.objects.find(({ id }) => id === type.id) ?? enums(from, name)[0];
  const [had, has] = [labelsOf(before), labelsOf(type)];
  if (!had.includes(old)) throw refused(text, `${type.name} has no value ${old}`, `It has ${had.join(", ")}.`);
  if (has.includes(old)) {
    throw refused(text, `${type.name} keeps the value ${old}`, "Only a value that goes can be mapped to another one.");
  }
  if (next !== "" && !has.includes(next)) {
    throw refused(text, `${type.name} will have no value ${next}`, `It will have ${has.join(", ")}.`);
  }
  return { enum: type.id, from: old, to: next === "" ? null : next };
}

/** The enums whose full name ends with what was written; all of them for an empty name. */
function enums(catalog: Catalog, written: string): readonly SchemaObject[] {
  const parts =
    written.trim() === "" ? [] : splitOutsideQuotes(written.trim(), ".").map((part) => plainPart(part.trim()));
  return catalog.objects.filter((object) => {
    if (object.kind !== "enum") return false;
    const full = idParts(object.id).map(plainPart);
    return parts.every((part, index) => part === full[full.length - parts.length + index]);
  });
}

function labelsOf(type: SchemaObject | undefined): readonly string[] {
  const labels = type?.attributes["labels"];
  return Array.isArray(labels) ? (labels as readonly string[]) : [];
}

function refused(text: string, problem: string, hint: string): KeelsonError {
  return new KeelsonError("usage.invalid", `--map ${text}: ${problem}.`, { hint, details: { map: text } });
}
