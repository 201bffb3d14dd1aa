/** Ways between schemas that do not converge, by the names that suites give them, each with its reason. */
export const knownExceptions: Readonly<Record<string, string>> = {};
