/** Ways between schemas that do not converge, by the names that suites give them, each with its reason. */
export const knownExceptions: Readonly<Record<string, string>> = {
  "crates.io 2023-12 and 2025-06, from":
    "a made-up text does not convert to a number, and before PostgreSQL 16 nothing but the conversion itself can tell",
};
