import { readReports } from "./reports.ts";

const counts = readReports(process.argv[2] ?? ".");
for (const { suite, passed, failed, skipped } of counts) {
  console.log(`${suite.padEnd(16)} ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
const sum = (key: "passed" | "failed" | "skipped") => counts.reduce((total, count) => total + count[key], 0);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
