/** Whether a source's path is a pattern and not the name of one file or folder. */
export function isPattern(path: string): boolean {
  return /[*?{}[\]]/.test(path);
}

/** The folder that a pattern's matches all lie in: what stands before its first part with a wildcard. */
export function fixedFolder(pattern: string): string {
  const parts = pattern.split("/");
  const first = parts.findIndex(isPattern);
  return parts.slice(0, first < 0 ? -1 : first).join("/");
}

/**
 * Tells whether a path with slashes matches a pattern: `*` and `?` within a name, `**` for any folders, `{a,b}` for one
 * of several, `[abc]` for one of several characters.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const expressions = alternatives(pattern).map((plain) => new RegExp(`^${translated(plain)}$`, "u"));
  return (path) => expressions.some((expression) => expression.test(path));
}

/** The pattern once for each combination of what its braces list. */
function alternatives(pattern: string): readonly string[] {
  const open = pattern.indexOf("{");
  const close = open < 0 ? -1 : closing(pattern, open);
  if (close < 0) return [pattern];
  const before = pattern.slice(0, open);
  const after = pattern.slice(close + 1);
  return listed(pattern.slice(open + 1, close)).flatMap((item) => alternatives(`${before}${item}${after}`));
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === "{") depth++;
    else if (pattern[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

function listed(content: string): readonly string[] {
  const items = [""];
  let depth = 0;
  for (const character of content) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (character === "," && depth === 0) items.push("");
    else items[items.length - 1] += character;
  }
  return items;
}

function translated(pattern: string): string {
  return pattern.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\[!?[^\]/]+\]|[\\^$.+()|{}[\]/]/gu, (part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "/**") return "/.+";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 1) return part.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return `\\${part}`;
  });
}
