import { sqlName } from "../../../catalog/object-id.ts";
import type { Requirement } from "../../../plan/requirement.ts";
import { partitionsOf } from "./partitions.ts";
import { leadingExpression, printedList } from "./printed-parts.ts";
import type { RequirementRequest } from "./requirement-request.ts";
import { columnId } from "./row-source.ts";
import { list, type PlanObject, text } from "./schema-model.ts";
import { typeUse } from "./type-names.ts";

/** What rows must be like for a table to become a partition, or one with another bound, and for its siblings to stay. */
export function partitionRequirements(
  from: PlanObject | null,
  to: PlanObject,
  request: RequirementRequest,
): readonly Requirement[] {
  if (from !== null && partitionsOf(request.context).isCopyRoot(to.id)) return homelessRows(to, request);
  const bound = text(to, "partitionBound");
  const [parentName] = list(to, "inherits");
  if (bound === null || parentName === undefined) return [];
  const { context, source } = request;
  const before = from === null ? null : text(from, "partitionBound");
  const [oldParent] = from === null ? [] : list(from, "inherits");
  if (before === bound && oldParent === parentName) return [];
  const parent = context.to.get(`table:${parentName}`);
  const key = parent === undefined ? null : text(parent, "partitionKey");
  if (parent === undefined || key === null || partitionsOf(context).isCopied(to.id)) return [];
  const fits = boundCondition(bound, key);
  if (fits === null) return [];
  const own =
    from === null || !source.isThere(to.id)
      ? []
      : [
          {
            title: `rows of ${to.name} that do not fit its bound ${bound}`,
            sql: source.rows(to.id, `(${fits}) IS NOT TRUE`),
          },
        ];
  const other = partitionsOf(context).isCopied(parent.id) ? null : defaultPartition(parent, request);
  const others =
    other === null || other.id === to.id || !source.isThere(other.id)
      ? []
      : [{ title: `rows of ${other.name} that belong into ${to.name} (${bound})`, sql: source.rows(other.id, fits) }];
  return [...own, ...others];
}

/** Rows of a table that is made anew with other partitions, and that none of them takes. */
function homelessRows(table: PlanObject, { context, source }: RequirementRequest): readonly Requirement[] {
  const key = text(table, "partitionKey");
  if (key === null) return [];
  const columns = printedList(key)?.items ?? [];
  const same = columns.every((name) => {
    const [before, after] = [context.from, context.to].map((model) => model.get(columnId(table.id, name)));
    const type = after === undefined ? null : text(after, "type");
    return before !== undefined && type === text(before, "type") && typeUse(type ?? "", context.to).object === null;
  });
  const parts = context.to.objects.filter(
    (part) => part.kind === "table" && list(part, "inherits")[0] === sqlName(table.id),
  );
  const bounds = parts.map((part) => text(part, "partitionBound") ?? "");
  const fits = bounds.map((bound) => boundCondition(bound, key));
  if (!same || bounds.includes("DEFAULT") || fits.includes(null)) return [];
  const title = `rows of ${table.name} that fit none of its new partitions`;
  const taken = fits.map((condition) => `(${condition})`).join(" OR ");
  return [{ title, sql: source.rows(table.id, fits.length === 0 ? null : `(${taken}) IS NOT TRUE`) }];
}

/** The partition that has what fits no other one, where it is there already and stays. */
function defaultPartition(parent: PlanObject, { context }: RequirementRequest): PlanObject | null {
  const name = sqlName(parent.id);
  const isDefault = (table: PlanObject): boolean =>
    table.kind === "table" && text(table, "partitionBound") === "DEFAULT" && list(table, "inherits")[0] === name;
  return context.from.objects.find((table) => isDefault(table) && isDefault(context.to.get(table.id) ?? table)) ?? null;
}

/** The rows that a bound takes, as a condition on their key; null where the server alone can tell. */
function boundCondition(bound: string, key: string): string | null {
  const keys = printedList(key)?.items ?? [];
  // Behind it stand a collation or an operator class, by which the plain comparison would not go.
  if (keys.length === 0 || keys.some((item) => leadingExpression(item)[1] !== "")) return null;
  if (key.startsWith("LIST ") && bound.startsWith("FOR VALUES IN ")) {
    const values = printedList(bound)?.items ?? [];
    const present = values.filter((value) => value !== "NULL");
    const conditions = [
      ...(present.length === 0 ? [] : [`${keys[0]} IN (${present.join(", ")})`]),
      ...(present.length === values.length ? [] : [`${keys[0]} IS NULL`]),
    ];
    return conditions.join(" OR ");
  }
  if (!key.startsWith("RANGE ") || !bound.startsWith("FOR VALUES FROM ")) return null;
  const lower = printedList(bound);
  const upper = lower === null ? null : printedList(lower.rest);
  if (lower === null || upper === null) return null;
  const present = keys.map((item) => `${item} IS NOT NULL`);
  return [...present, ...side(keys, lower.items, "lower"), ...side(keys, upper.items, "upper")].join(" AND ");
}

/** One end of a range: what stands behind MINVALUE or MAXVALUE does not count. */
function side(keys: readonly string[], values: readonly string[], end: "lower" | "upper"): readonly string[] {
  const at = values.findIndex((value) => value === "MINVALUE" || value === "MAXVALUE");
  const count = at < 0 ? values.length : at;
  if (count === 0) return [];
  const most = at >= 0 && values[at] === "MAXVALUE";
  const operator = end === "lower" ? (most ? ">" : ">=") : most ? "<=" : "<";
  return [`(${keys.slice(0, count).join(", ")}) ${operator} (${values.slice(0, count).join(", ")})`];
}
