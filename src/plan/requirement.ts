/** What the rows must be like for a plan to succeed: a query that returns each row that stands in the way. */
export interface Requirement {
  /** The rows that the query finds, in words: `rows of public.users that have no value for email, which becomes NOT NULL`. */
  readonly title: string;
  /** Without a semicolon; gives the columns that tell one row from another, and nothing else of it. */
  readonly sql: string;
}

/** The section of a revision file with these queries, each below the words that a refusal prints; empty without any. */
export function requireSectionText(requirements: readonly Requirement[]): string {
  const seen = new Map(requirements.map((requirement) => [requirement.sql, requirement]));
  return [...seen.values()].map(({ title, sql }) => `-- ${oneLine(title)}\n${sql.trim()};`).join("\n\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
