import { createRequire } from "node:module";
import { coloursWanted, processVariables, type VariableRecord } from "../../config/environment.ts";

/** Puts a text into a colour, or leaves it as it is where there are none. */
export type Colours = Readonly<
  Record<"bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta", (text: string) => string>
>;

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
  return {
    colour: coloursWanted(stream) ? loadColours() : withoutColours,
    unicode: unicodeShown(processVariables()),
    width: stream.isTTY ? stream.columns || 80 : null,
  };
}

/** Every colour leaves a text as it is. */
export const withoutColours: Colours = {
  bold: unpainted,
  dim: unpainted,
  red: unpainted,
  green: unpainted,
  yellow: unpainted,
  cyan: unpainted,
  magenta: unpainted,
};

function unpainted(text: string): string {
  return text;
}

/** Loaded for a terminal only: scripts have no use for it, and count on a quick start. */
function loadColours(): Colours {
  const { createColors }: typeof import("picocolors") = createRequire(import.meta.url)("picocolors");
  return createColors(true);
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
