import { basename, relative } from "node:path";

/** One line a suite, every failure in full, and how much of the measured folder was run. */
export default async function* report(events) {
  const suites = new Map();
  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") {
      if (data.details?.type === "suite" || data.file === undefined) continue;
      const suite = suites.get(data.file) ?? { passed: 0, failed: 0, skipped: 0 };
      suites.set(data.file, suite);
      if (data.skip !== undefined) suite.skipped += 1;
      else if (type === "test:pass") suite.passed += 1;
      else {
        suite.failed += 1;
        yield `\n✗ ${basename(data.file)}: ${data.name}\n${inFull(data.details.error)}\n`;
      }
    }
    if (type === "test:coverage") yield* coverage(data.summary);
  }
  yield* summary(suites);
}

function inFull(error) {
  const cause = error?.cause ?? error;
  return (cause?.stack ?? cause?.message ?? String(cause)).replace(/^/gm, "    ");
}

function* summary(suites) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [file, suite] of [...suites].sort()) {
    yield `${suite.failed > 0 ? "✗" : "✓"} ${basename(file)}  ${counts(suite)}\n`;
    for (const key of Object.keys(total)) total[key] += suite[key];
  }
  yield `\n${counts(total)}\n`;
}

function counts({ passed, failed, skipped }) {
  return [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(", ");
}

function* coverage({ files, workingDirectory }) {
  const covered = process.env.DEVPOCKET_COVERED;
  const inFolder = files
    .map((file) => ({ ...file, name: relative(workingDirectory, file.path) }))
    .filter(({ name }) => name.startsWith(`${covered}/`))
    .sort((one, other) => one.name.localeCompare(other.name));
  yield `\nCoverage of ${covered}/\n`;
  if (inFolder.length === 0) yield "  nothing in it was run\n";
  for (const { name, coveredLinePercent, coveredBranchPercent, coveredFunctionPercent } of inFolder) {
    const percent = (value) => `${value.toFixed(0).padStart(4)} %`;
    yield `  ${name.padEnd(28)} lines ${percent(coveredLinePercent)}  branches ${percent(coveredBranchPercent)}  functions ${percent(coveredFunctionPercent)}\n`;
  }
  yield "\n";
}
