import { splitOutsideQuotes, sqlName } from "../../../catalog/object-id.ts";
import { isSet, type PlanObject, text } from "../plan/schema-model.ts";
import { quoteText } from "../sql-text.ts";
import { changedComment, newComment, type Renderer } from "./renderer.ts";

/** Aggregates. One whose arguments and result stay is replaced in place. */
export const aggregateRenderer: Renderer = {
  create: (aggregate) => [
    `CREATE AGGREGATE ${definition(aggregate)}`,
    ...newComment(`AGGREGATE ${signature(aggregate)}`, aggregate),
  ],
  drop: (aggregate) => [`DROP AGGREGATE ${signature(aggregate)}`],
  alter(_from, to, changed) {
    if (["arguments", "result", "kind"].some((name) => changed.includes(name))) return null;
    return [
      ...(changed.some((name) => name !== "comment") ? [`CREATE OR REPLACE AGGREGATE ${definition(to)}`] : []),
      ...changedComment(`AGGREGATE ${signature(to)}`, to, changed),
    ];
  },
};

/** The name with the arguments as they are declared, as every statement on aggregates takes it. */
function signature(aggregate: PlanObject): string {
  const [name = ""] = splitOutsideQuotes(sqlName(aggregate.id), "(");
  return `${name}(${text(aggregate, "arguments")})`;
}

function definition(aggregate: PlanObject): string {
  const lines = [
    ...words.flatMap(([attribute, word]) => clause(aggregate, attribute, word)),
    ...(text(aggregate, "kind") === "hypothetical" ? ["HYPOTHETICAL"] : []),
  ];
  return `${signature(aggregate)} (\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`;
}

function clause(aggregate: PlanObject, attribute: string, word: string): readonly string[] {
  const value = text(aggregate, attribute);
  if (value === null) return [];
  if (isSet(aggregate, attribute)) return [word];
  return [`${word} = ${attribute === "initial" || attribute === "movingInitial" ? quoteText(value) : value}`];
}

const words = [
  ["transition", "SFUNC"],
  ["stateType", "STYPE"],
  ["stateSize", "SSPACE"],
  ["final", "FINALFUNC"],
  ["finalExtra", "FINALFUNC_EXTRA"],
  ["finalModifies", "FINALFUNC_MODIFY"],
  ["combine", "COMBINEFUNC"],
  ["serialize", "SERIALFUNC"],
  ["deserialize", "DESERIALFUNC"],
  ["initial", "INITCOND"],
  ["movingTransition", "MSFUNC"],
  ["movingInverse", "MINVFUNC"],
  ["movingStateType", "MSTYPE"],
  ["movingStateSize", "MSSPACE"],
  ["movingFinal", "MFINALFUNC"],
  ["movingFinalExtra", "MFINALFUNC_EXTRA"],
  ["movingFinalModifies", "MFINALFUNC_MODIFY"],
  ["movingInitial", "MINITCOND"],
  ["sortOperator", "SORTOP"],
  ["parallel", "PARALLEL"],
] as const;
