import { KeelsonError } from "../errors.ts";
import { some } from "./describe-difference.ts";
import type { Project } from "./project.ts";

/** What every verb accepts that compares schemas. */
export interface CoverageOptions {
  /** Refuses where something exists that is neither compared nor written, instead of naming it in a warning. */
  readonly strictCoverage?: boolean;
}

/** Says what no plan covers, so that nobody takes it for done; throws where the coverage is to be strict. */
export function noticeUnmanaged(names: readonly string[], options: CoverageOptions, on: Project["on"]): void {
  noticeLeftOut(names, { ...options, on }, (list) => {
    return `because this release has no plan for it: ${list}. Write it in a revision of your own (keelson create --empty).`;
  });
}

/** The same of anything that is left out; `because` gives the reason with the names in it. */
export function noticeLeftOut(
  names: readonly string[],
  { strictCoverage, on }: CoverageOptions & Pick<Project, "on">,
  because: (list: string) => string,
): void {
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return;
  if (strictCoverage === true) throw incompleteCoverage(distinct);
  const message = `Neither compared nor written, ${because(distinct.join(", "))}`;
  on({ event: "notice", level: "warning", code: "unmanaged", message });
}

/** What is wrong where something exists that no plan covers, and that is not accepted. */
export function incompleteCoverage(names: readonly string[]): KeelsonError {
  return new KeelsonError(
    "coverage.incomplete",
    `Neither compared nor written, because this release has no plan for it: ${some(names)}. Nothing was written or changed.`,
    {
      hint: "Look after it in a revision of your own (keelson create --empty) and leave --strict-coverage out, or remove it.",
      details: { unmanaged: names },
    },
  );
}
