import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What one run of a test suite counted. */
export interface SuiteCount {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The environment that makes vitest also write a report of this name, where a folder for reports is wanted. */
export function reporting(suite: string): NodeJS.ProcessEnv {
  const folder = process.env["KEELSON_TEST_REPORTS"];
  if (folder === undefined || folder === "") return {};
  mkdirSync(folder, { recursive: true });
  return { KEELSON_TEST_REPORT: join(folder, `${suite}.json`) };
}

/** The counts of every report in a folder. A file that failed to load counts as a failed test. */
export function readReports(folder: string): readonly SuiteCount[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => {
    const report = JSON.parse(readFileSync(join(folder, name), "utf8")) as VitestReport;
    const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    return {
      suite: name.replace(/\.json$/, ""),
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}
