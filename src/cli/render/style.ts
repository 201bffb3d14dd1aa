import { createRequire } from "node:module";
import { coloursWanted, processVariables, type VariableRecord } from "../../config/environment.ts";

type Colours = ReturnType<typeof import("picocolors").createColors>;

/** What a stream can show. */
export interface Style {
  readonly colour: Colours;
  /** Whether characters beyond ASCII can be shown. */
  readonly unicode: boolean;
  /** Columns of the terminal; null where it is none and nothing needs to be cut. */
  readonly width: number | null;
}

/** The style of one of the process's own streams. */
export function styleOf(stream: NodeJS.WriteStream): Style {
  const { createColors }: typeof import("picocolors") = createRequire(import.meta.url)("picocolors");
  return {
    colour: createColors(coloursWanted(stream)),
    unicode: unicodeShown(processVariables()),
    width: stream.isTTY ? stream.columns || 80 : null,
  };
}

/**
 * Only a locale that says so is taken to be without Unicode: containers rarely set one, and what they print is read on
 * terminals that have it.
 */
export function unicodeShown(variables: VariableRecord): boolean {
  if (variables["TERM"] === "linux") return false;
  const locale = variables["LC_ALL"] || variables["LC_CTYPE"] || variables["LANG"];
  return locale === undefined || locale === "" || /utf-?8/i.test(locale);
}
