import { KeelsonError } from "../errors.ts";
import { durationExample, parseDuration } from "../platform/duration.ts";
import type { OptionKind, OptionSpec } from "./table/option.ts";

/** What the parser hands over: nothing but `true` for a flag, one text, or all the texts of a list. */
export type GivenOption = true | string | readonly string[];

/** Reads what was given for an option to the value that its kind has; throws `usage.invalid` where it is none. */
export function readOption(option: OptionSpec, given: GivenOption): unknown {
  return readers[option.kind](typeof given === "string" ? given : "", option, given);
}

type Reader = (text: string, option: OptionSpec, given: GivenOption) => unknown;

const readers: Readonly<Record<OptionKind, Reader>> = {
  flag: () => true,
  text: (text, option) => (text === "" ? refuse(option, "a text that is not empty") : text),
  list: (_text, _option, given) => given,
  choice: (text, option) => {
    const choices = option.choices ?? [];
    return choices.includes(text) ? text : refuse(option, choices.join(" or "), text);
  },
  count: (text, option) => (/^\d{1,9}$/.test(text) ? Number(text) : refuse(option, "a whole number", text)),
  counts: (text, option) => {
    const isList = /^\s*\d{1,9}\s*(,\s*\d{1,9}\s*)*$/.test(text);
    return isList ? text.split(",").map(Number) : refuse(option, "whole numbers such as 15,18", text);
  },
  seconds: (text, option) => {
    const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : parseDuration(text);
    return milliseconds ?? refuse(option, "a number of seconds", text);
  },
  duration: (text, option) => {
    const milliseconds = parseDuration(text);
    // Nothing waits for more days than a timer of the runtime can count.
    if (milliseconds === null || milliseconds > 2_147_483_647) return refuse(option, durationExample, text);
    return milliseconds;
  },
};

function refuse(option: OptionSpec, expected: string, found?: string): never {
  const what = found === undefined ? "" : `, found ${JSON.stringify(found)}`;
  throw new KeelsonError("usage.invalid", `${option.flags}: expected ${expected}${what}. Nothing was done.`, {
    hint: option.summary,
    details: { option: option.flags },
  });
}
