import type { Plan, PlannedStatement } from "./plan.ts";

/** The way back from a plan, or why there is none. */
export type WayBack = { readonly plan: Plan } | { readonly impossible: string };

/**
 * The SQL of a plan as a section of a revision file: every statement with its semicolon, a blank line between two. A
 * comment stands above what is renamed, what destroys data and what takes several statements, and nowhere else.
 */
export function sectionText(plan: Plan): string {
  return paragraphs(plan.statements).join("\n\n");
}

/**
 * The down section that belongs to an up section: the statements of the way back, and above them, as comments, what it
 * can't bring back. A way back that is impossible leaves a section without statements, which says why.
 */
export function downSectionText(up: Plan, back: WayBack): string {
  const lost = losses(up).map((loss) => comment(`Not brought back: ${loss}`));
  if ("impossible" in back) return [...lost, comment(`There is no way back: ${back.impossible}`)].join("\n");
  const text = sectionText(back.plan);
  return lost.length === 0 ? text : [lost.join("\n"), text].filter((part) => part !== "").join("\n\n");
}

/** Everything that a plan destroys, each thing once, in the order of its statements. */
export function losses(plan: Plan): readonly string[] {
  return [...new Set(plan.statements.flatMap((statement) => statement.losses))];
}

/** A statement with its semicolon; a comment at its end would swallow one on the same line. */
export function terminated(sql: string): string {
  const text = sql.trimEnd();
  if (text.endsWith(";")) return text;
  return text.slice(text.lastIndexOf("\n") + 1).includes("--") ? `${text}\n;` : `${text};`;
}

function paragraphs(statements: readonly PlannedStatement[]): readonly string[] {
  let last = "";
  return statements.map((statement, index) => {
    const begins = statement.title !== last && statements[index + 1]?.title === statement.title;
    last = statement.title;
    const above = [
      ...(begins ? [comment(capitalised(statement.title))] : []),
      ...(statement.rename === undefined || statements[index - 1]?.rename === statement.rename
        ? []
        : [comment(`Renamed: ${statement.rename}`)]),
      ...statement.losses.map((loss) => comment(`Destroys data: ${loss}`)),
    ];
    return [...above, terminated(statement.sql.trim())].join("\n");
  });
}

/** One line whatever the text has in it, and never one that could be taken for the mark of a section. */
function comment(text: string): string {
  return `-- ${text.replace(/\s+/g, " ").trim()}`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
