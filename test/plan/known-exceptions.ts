const doubleQuotes =
  "its expressions have texts in double quotes, which SQLite reads where they are there already, but takes in no new statement as the driver builds it";

/** Ways between schemas that do not converge, by the names that suites give them, each with its reason. */
export const knownExceptions: Readonly<Record<string, string>> = {
  "extensions: upgrade an extension implicitly and explicitly, from":
    "the server has no way from a newer version of an extension to an older one, which is said before the revision begins",
  "crates.io 2023-12 and 2025-06, from":
    "the function of a new generated column refuses a made-up text, which nothing but the function itself can tell",
  ...Object.fromEntries(
    ["v1.20.0", "v1.20.0 and v1.24.0", "v1.24.0", "v1.24.0 and v1.31.0", "v1.31.0"].map((versions) => [
      `temporal ${versions}`,
      doubleQuotes,
    ]),
  ),
};
