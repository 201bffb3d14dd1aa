import { firstWord } from "../render/first-word.ts";
import { list, type PlanObject, type SchemaModel, text } from "./schema-model.ts";

/** What the printed name of a type stands for. */
export interface TypeUse {
  /** The name without `[]`. */
  readonly name: string;
  readonly array: boolean;
  /** The enum, domain, composite or range type of the catalog, or null for a type of the server's own. */
  readonly object: PlanObject | null;
}

/** An attribute of a composite type. */
export interface TypeAttribute {
  /** Quoted where SQL needs it. */
  readonly name: string;
  /** Its type as the server prints it, without its collation. */
  readonly type: string;
}

/** Looks up the printed name of a type. */
export function typeUse(name: string, model: SchemaModel): TypeUse {
  const array = name.endsWith("[]");
  const scalar = array ? name.slice(0, -2) : name;
  const kinds = ["enum", "domain", "type", "range"];
  const object = kinds.map((kind) => model.get(`${kind}:${scalar}`)).find((one) => one !== undefined);
  return { name: scalar, array, object: object ?? null };
}

/** The attributes of a composite type, in their order. */
export function attributesOf(type: PlanObject): readonly TypeAttribute[] {
  return list(type, "attributes").map((attribute) => {
    const name = firstWord(attribute);
    return { name, type: attribute.slice(name.length + 1).split(" COLLATE ")[0] ?? "" };
  });
}

/** What a type is made of: a domain's base, a composite's attributes, a range's subtype. */
export function innerTypes(type: PlanObject): readonly string[] {
  if (type.kind === "domain") return [text(type, "type") ?? ""];
  if (type.kind === "type") return attributesOf(type).map((attribute) => attribute.type);
  if (type.kind === "range") return [text(type, "subtype") ?? ""];
  return [];
}

/** Whether a type is, or is made of, one that a condition holds for. */
export function involves(name: string, model: SchemaModel, wanted: (type: PlanObject) => boolean): boolean {
  const { object } = typeUse(name, model);
  if (object === null) return false;
  return wanted(object) || innerTypes(object).some((inner) => involves(inner, model, wanted));
}
