import { sqlName } from "../../../catalog/object-id.ts";
import { isSet, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, onlyThese, type Renderer } from "./renderer.ts";

/** Collations. Nothing but the comment can be changed in place. */
export const collationRenderer: Renderer = {
  create(collation) {
    const name = sqlName(collation.id);
    return [
      `CREATE COLLATION ${name} (${clauses(collation).join(", ")})`,
      ...newComment(`COLLATION ${name}`, collation),
    ];
  },
  drop: (collation) => [`DROP COLLATION ${sqlName(collation.id)}`],
  alter: (_from, to, changed) =>
    onlyThese(changed, ["comment"]) ? changedComment(`COLLATION ${sqlName(to.id)}`, to, changed) : null,
};

function clauses(collation: PlanObject): readonly string[] {
  const value = (word: string, attribute: string): readonly string[] => {
    const setting = text(collation, attribute);
    return setting === null ? [] : [`${word} = ${quoteText(setting)}`];
  };
  const same = text(collation, "collate") === text(collation, "characters");
  return [
    `PROVIDER = ${text(collation, "provider")}`,
    ...(isSet(collation, "nondeterministic") ? ["DETERMINISTIC = false"] : []),
    ...value("LOCALE", "locale"),
    ...(same ? value("LOCALE", "collate") : [...value("LC_COLLATE", "collate"), ...value("LC_CTYPE", "characters")]),
    ...value("RULES", "rules"),
  ];
}
