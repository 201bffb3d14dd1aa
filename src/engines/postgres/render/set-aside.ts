import { idParts, ownName, plainPart, splitOutsideQuotes, sqlName } from "../../../catalog/object-id.ts";
import { type PlanObject, text } from "../plan/schema-model.ts";
import { quoteIdentifier } from "../sql-text.ts";

/** How something that columns are made of, or a function below it, leaves its name to the one that takes its place. */
interface SetAside {
  /** Gives it another name, and everything that has a name from it. */
  readonly sql: readonly string[];
  /** Drops it under that name. */
  readonly drop: string;
}

/** Writes how a type, a collation or a function moves aside. */
export function setAside(object: PlanObject): SetAside {
  const word = text(object, "kind") === "procedure" ? "PROCEDURE" : (words[object.kind] ?? "TYPE");
  // Functions have their arguments in their names.
  const [bare = ""] = splitOutsideQuotes(sqlName(object.id), "(");
  const [schema = "", own = ""] = splitOutsideQuotes(bare, ".");
  const aside = asideName(own);
  return {
    sql: [
      `ALTER ${word} ${sqlName(object.id)} RENAME TO ${aside}`,
      ...(object.kind === "range" ? rangeParts(object, `${schema}.${aside}`) : []),
    ],
    drop: `DROP ${word} ${schema}.${aside}`,
  };
}

const words: Readonly<Record<string, string>> = { domain: "DOMAIN", collation: "COLLATION", function: "FUNCTION" };

/** The name that a type has while the one that replaces it is there already. */
export function asideName(name: string): string {
  return quoteIdentifier(`${plainPart(name).slice(0, 50)}_replaced`);
}

/** The multirange type, and the functions that make values of both: the new ones have the same arguments. */
function rangeParts(range: PlanObject, type: string): readonly string[] {
  const subtype = text(range, "subtype") ?? "";
  const multirange = text(range, "multirange") ?? "";
  const own = ownName(`range:${multirange}`);
  // The server makes the functions of both where the range type is.
  const maker = `${idParts(range.id)[0]}.${own}`;
  const rename = (name: string, arguments_: string): string =>
    `ALTER FUNCTION ${name}(${arguments_}) RENAME TO ${asideName(ownName(`range:${name}`))}`;
  return [
    rename(sqlName(range.id), `${subtype}, ${subtype}`),
    rename(sqlName(range.id), `${subtype}, ${subtype}, text`),
    `ALTER TYPE ${multirange} RENAME TO ${asideName(own)}`,
    rename(maker, ""),
    rename(maker, type),
    rename(maker, `${type}[]`),
  ];
}
