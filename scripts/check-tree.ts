import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { treeProblems } from "./tree-rules.ts";

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
});
const paths = [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(path));
const problems = treeProblems(paths.map((path) => ({ path, text: readFileSync(path, "utf8") })));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
