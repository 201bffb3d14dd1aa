import { fileURLToPath } from "node:url";
import { KeelsonError } from "../errors.ts";
import { closestName } from "../platform/closest-name.ts";
import { definitionParts, type RevisionDefinition } from "./define-revision.ts";
import { lineOf } from "./error-line.ts";

/** A revision written as code, loaded and not yet run. */
export interface LoadedCode {
  /** The file's name, for messages. */
  readonly file: string;
  /** The file itself, as it stands in stack traces. */
  readonly path: string;
  readonly definition: RevisionDefinition;
}

/** What to load. The text is handed in, so that what runs is what the checksum was computed over. */
export interface CodeSource {
  readonly file: string;
  readonly path: string;
  readonly text: string;
  /** What the header says. */
  readonly hasDown: boolean;
}

// The extension is that of this very file: TypeScript in the sources, JavaScript in the package.
const definitionsUrl = new URL(
  import.meta.url.endsWith(".ts") ? "../revisions/define-revision.ts" : "../revisions/define-revision.js",
  import.meta.url,
);

/**
 * Loads a revision's code afresh, with whatever it imports. `revision.syntax` names the file and the line of what can't
 * be loaded, is no definition, or contradicts the header.
 */
export async function loadCode(source: CodeSource): Promise<LoadedCode> {
  const { file, path } = source;
  const exported = await evaluate(source);
  const definition = checkedDefinition(exported, file);
  const hasDown = definition.down !== undefined;
  if (hasDown !== source.hasDown) throw contradiction(file, hasDown);
  return { file, path, definition };
}

async function evaluate({ file, path, text }: CodeSource): Promise<unknown> {
  // Loading it takes longer than everything else that a command without such revisions does.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(path, {
    fsCache: false,
    moduleCache: false,
    // A revision must load where keelson is not installed, as it is where the command line is; the name would also stand
    // for the beginning of the package's other entry points.
    alias: /["']keelson\//.test(text) ? {} : { keelson: fileURLToPath(definitionsUrl) },
  });
  try {
    const module: unknown = await jiti.evalModule(text, { filename: path, async: true });
    return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  } catch (error) {
    throw notLoaded(error, { file, path });
  }
}

function checkedDefinition(exported: unknown, file: string): RevisionDefinition {
  if (typeof exported !== "object" || exported === null) {
    throw invalid(
      file,
      "It has no default export that is a revision.",
      "Write: export default defineRevision({ ... })",
    );
  }
  const known: readonly string[] = definitionParts;
  for (const name of Object.keys(exported)) {
    if (known.includes(name)) continue;
    const near = closestName(name, known);
    throw invalid(
      file,
      `A revision has no part "${name}".`,
      near === null ? `The parts are ${known.join(", ")}.` : `Did you mean ${near}?`,
    );
  }
  // Its names are those of a definition now; what each one holds is looked at below.
  const definition = exported as RevisionDefinition;
  for (const [name, problem] of Object.entries(problems(definition))) {
    if (problem !== null)
      throw invalid(file, `${name} must be ${problem}.`, "See docs/guides/typescript-revisions.md.");
  }
  return definition;
}

function problems(definition: RevisionDefinition): Readonly<Record<string, string | null>> {
  const { fixture, needed, preflight, confirm, up, down, verify, shows } = definition;
  const optionalFunction = (part: unknown) =>
    part === undefined || typeof part === "function" ? null : "a function of the database";
  const isConfirm = confirm === undefined || typeof confirm === "string" || typeof confirm === "function";
  return {
    up: typeof up === "function" ? null : "a function of the database; it is the one part that can't be left out",
    down: optionalFunction(down),
    fixture: optionalFunction(fixture),
    needed: optionalFunction(needed),
    preflight:
      preflight === undefined || isChecks(preflight) ? null : 'checks by name: { "an admin exists": (db) => ... }',
    confirm: isConfirm ? null : "a question, or a function that returns one",
    verify:
      verify === undefined || isTexts(verify) || isChecks(verify)
        ? null
        : "checks by name, or queries that return no rows",
    shows: shows === undefined || isTexts(shows) ? null : "names of tables",
  };
}

function isChecks(part: unknown): boolean {
  if (typeof part !== "object" || part === null || Array.isArray(part)) return false;
  return Object.values(part).every((check) => typeof check === "function");
}

function isTexts(part: unknown): boolean {
  return Array.isArray(part) && part.every((text) => typeof text === "string");
}

function notLoaded(error: unknown, { file, path }: { readonly file: string; readonly path: string }): KeelsonError {
  const line = lineOf(error, path);
  const message = error instanceof Error ? error.message : String(error);
  // The first line says what is wrong; where it is, and through what it was required, is said otherwise.
  const [first = ""] = message.split("\n");
  const what = first
    .replace(/^ParseError:\s*/, "")
    .trim()
    .replace(/\.$/, "");
  const where = line === null ? file : `${file}:${line}`;
  return new KeelsonError("revision.syntax", `${where}: The revision can't be loaded: ${what}.`, {
    hint: "Correct the file and run again. Nothing was run.",
    details: { file, line },
    cause: error,
  });
}

function invalid(file: string, problem: string, hint: string): KeelsonError {
  return new KeelsonError("revision.syntax", `${file}: ${problem}`, {
    hint: `${hint} Nothing was run.`,
    details: { file, line: null },
  });
}

function contradiction(file: string, hasDown: boolean): KeelsonError {
  return hasDown
    ? invalid(file, "The header says that it can't be reverted, and the code has a down.", "Remove one of the two.")
    : invalid(
        file,
        "The code has no down, and the header does not say so.",
        "Write a down, or add a line to the header: // reversible: no",
      );
}
