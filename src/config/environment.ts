/** Variables by name. */
export type VariableRecord = Readonly<Record<string, string | undefined>>;

/** The variables of this process, as they are now. */
export function processVariables(): VariableRecord {
  return { ...process.env };
}

/** The environment for a program that Keelson starts: ours, with the given variables set. */
export function childEnvironment(extra: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...extra })) {
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/**
 * Whether output to a stream is coloured: on a terminal that is not dumb, or anywhere with `FORCE_COLOR`; never with
 * `NO_COLOR`.
 */
export function coloursWanted(
  stream: { readonly isTTY?: boolean | undefined },
  variables: VariableRecord = process.env,
): boolean {
  const { NO_COLOR: never, FORCE_COLOR: always, TERM: terminal } = variables;
  if (never !== undefined && never !== "") return false;
  if (always !== undefined) return !["0", "false"].includes(always.toLowerCase());
  return stream.isTTY === true && terminal !== "dumb";
}

/** Whether this process runs in a pipeline (`CI`), where nobody can answer a question and no line is drawn over. */
export function inPipeline(variables: VariableRecord = process.env): boolean {
  const value = variables["CI"];
  return value !== undefined && !["", "0", "false"].includes(value.toLowerCase());
}
