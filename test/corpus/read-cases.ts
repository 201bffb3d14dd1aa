import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type PostgresMajor, postgresMajors } from "../../src/testing/index.ts";

/** What a case can run on: a major release of PostgreSQL, PGlite or SQLite. */
export type CasePlace = PostgresMajor | "pglite" | "sqlite";

/** A direction of a case that is meant to end otherwise than converged. */
export interface ExpectedStop {
  readonly direction: "to" | "from";
  /** What the message must hold; empty for anything. */
  readonly because: string;
}

/** Two schemas of which each is to become the other, with rows. */
export interface CorpusCase {
  /** `<area>/<name>`. */
  readonly name: string;
  readonly places: readonly CasePlace[];
  readonly roles: readonly string[];
  /** Directions that no plan can go: `plan.impossible`. */
  readonly refused: readonly ExpectedStop[];
  /** Directions that the rows of the case stand in the way of, as is known before the first statement. */
  readonly obstacles: readonly ExpectedStop[];
  /** As `--rename` takes them, for the direction `to`. */
  readonly renames: readonly string[];
  /** As `--map` takes them. */
  readonly maps: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Statements run after `from`, or after `to` on the way from there. */
  readonly rows: { readonly from: string; readonly to: string };
}

const corpus = fileURLToPath(new URL(".", import.meta.url));

/** Every case below test/corpus, by name. */
export async function readCases(folder: string = corpus): Promise<readonly CorpusCase[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".sql"));
  const cases = files.map(async (file) => {
    const path = join(folder, file);
    const name = relative(corpus, path)
      .split(sep)
      .join("/")
      .replace(/\.sql$/, "");
    return readCase(name, await readFile(path, "utf8"));
  });
  return (await Promise.all(cases)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One case from the text of its file; throws where the text is not of the form that README.md describes. */
export function readCase(name: string, text: string): CorpusCase {
  const { head, sections } = readSections(name, text);
  const [from, to] = [sections.get("from"), sections.get("to")];
  if (from === undefined || to === undefined) throw new Error(`${name}: a section "from" or "to" is missing`);
  const header = readHeader(name, head);
  const values = (key: string): readonly string[] => header.get(key) ?? [];
  return {
    name,
    places: places(name, header),
    roles: values("roles").flatMap(list),
    refused: stops(name, values("refused")),
    obstacles: stops(name, values("obstacle")),
    renames: values("renames").flatMap(list),
    maps: values("maps"),
    from,
    to,
    rows: { from: sections.get("rows of from") ?? "", to: sections.get("rows of to") ?? "" },
  };
}

interface Sections {
  readonly head: readonly string[];
  readonly sections: ReadonlyMap<string, string>;
}

function readSections(name: string, text: string): Sections {
  const sections = new Map<string, string>();
  const head: string[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const mark = /^-- (from|rows|to)\s*$/.exec(line)?.[1];
    if (mark !== undefined) {
      section = mark === "rows" ? `rows of ${section}` : mark;
      if (sections.has(section)) throw new Error(`${name}: two sections "${section}"`);
      sections.set(section, "");
    } else if (section === "") head.push(line);
    else sections.set(section, `${sections.get(section)}${line}\n`);
  }
  return { head, sections };
}

const keys = ["engines", "majors", "roles", "refused", "obstacle", "renames", "maps"];

function readHeader(name: string, lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const header = new Map<string, string[]>();
  for (const line of lines) {
    const [, key, value = ""] = /^-- ([a-z]+): (.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (!keys.includes(key)) throw new Error(`${name}: "${key}" is not one of ${keys.join(", ")}`);
    header.set(key, [...(header.get(key) ?? []), value.trim()]);
  }
  return header;
}

function stops(name: string, lines: readonly string[]): readonly ExpectedStop[] {
  return lines.map((line) => {
    const [, direction, because = ""] = /^(to|from)(?:, *(?:because *)?(.*))?$/.exec(line) ?? [];
    if (direction !== "to" && direction !== "from")
      throw new Error(`${name}: "${line}" begins neither with to nor from`);
    return { direction, because: because.replace(/^\.+ */, "") };
  });
}

function places(name: string, header: ReadonlyMap<string, readonly string[]>): readonly CasePlace[] {
  const engines = header.get("engines")?.flatMap(list) ?? ["postgres", "pglite"];
  const majors = header.get("majors")?.flatMap(list).flatMap(majorsOf) ?? postgresMajors;
  if (majors.length === 0) throw new Error(`${name}: no major is named`);
  return engines.flatMap((engine): readonly CasePlace[] => {
    if (engine === "postgres") return majors;
    if (engine === "pglite") return majors.includes(18) ? ["pglite"] : [];
    if (engine === "sqlite") return ["sqlite"];
    throw new Error(`${name}: no engine is called ${engine}`);
  });
}

/** `15`, `15-17`, `17+`. */
function majorsOf(text: string): readonly PostgresMajor[] {
  const [, first = "0", last] = /^(\d+)(?:-(\d+)|\+)?$/.exec(text) ?? [];
  const end = text.endsWith("+") ? 99 : Number(last ?? first);
  return postgresMajors.filter((major) => major >= Number(first) && major <= end);
}

function list(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
