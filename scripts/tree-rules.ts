/** One file of the project, as far as the rules look at it. */
export interface TreeFile {
  /** From the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

const lineLimit = 500;

/** Files that may be longer, each with the reason. */
const longFiles: Readonly<Record<string, string>> = {};

/** Rooms without a name: what is in them belongs to something that has one. */
const namelessRooms = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "shared",
  "misc",
  "lib",
  "internal",
  "types",
]);

/** What must not stay behind in code. Written in pieces, so that this file does not break its own rules. */
const leftovers: readonly { readonly pattern: RegExp; readonly problem: string }[] = [
  {
    pattern: new RegExp(`\\b(${"TO"}DO|${"FIX"}ME|${"XX"}X|${"HA"}CK)\\b`),
    problem: "an unfinished thought: finish it or open a ticket",
  },
  { pattern: new RegExp(`@ts-${"ignore"}|@ts-${"nocheck"}`), problem: "switches the compiler off" },
  { pattern: new RegExp(`biome-${"ignore"}-all`), problem: "switches the linter off for a whole file" },
];

/** Every breach of the rules on names, sizes and leftovers, one line each. */
export function treeProblems(files: readonly TreeFile[]): readonly string[] {
  return [...files.flatMap(fileProblems), ...staleAllowances(files)];
}

function fileProblems(file: TreeFile): readonly string[] {
  if (!isCode(file.path)) return [];
  return [...nameProblems(file.path), ...sizeProblems(file), ...leftoverProblems(file)];
}

function isCode(path: string): boolean {
  return /^(src|test|scripts|bench|examples|web)\/.*\.(ts|tsx|mts|js|mjs)$/.test(path);
}

function nameProblems(path: string): readonly string[] {
  const parts = path.split("/").map((part) => part.replace(/\..*$/, ""));
  const nameless = parts.filter((part) => namelessRooms.has(part));
  return nameless.map((part) => `${path}: "${part}" says nothing; name it after what it holds`);
}

function sizeProblems(file: TreeFile): readonly string[] {
  const lines = file.text.split("\n").length - 1;
  if (lines <= lineLimit || file.path in longFiles) return [];
  return [`${file.path}: ${lines} lines; split it (limit ${lineLimit}) or give a reason in scripts/tree-rules.ts`];
}

function leftoverProblems(file: TreeFile): readonly string[] {
  return file.text
    .split("\n")
    .flatMap((line, index) =>
      leftovers
        .filter(({ pattern }) => pattern.test(line))
        .map(({ problem }) => `${file.path}:${index + 1}: ${problem}`),
    );
}

/** An allowance outlives its reason unless somebody looks. */
function staleAllowances(files: readonly TreeFile[]): readonly string[] {
  const long = new Set(files.filter((file) => file.text.split("\n").length - 1 > lineLimit).map((file) => file.path));
  return Object.keys(longFiles)
    .filter((path) => !long.has(path))
    .map((path) => `${path}: no longer needs its allowance in scripts/tree-rules.ts`);
}
