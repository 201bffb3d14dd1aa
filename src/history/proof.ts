import type { RevisionBody } from "./revision.ts";

/** What a header says that a scratch database has shown of the revision's body. */
export interface Proof {
  /** Which ways ran and led where they should. */
  readonly ways: "up and down" | "up only";
  readonly product: "PostgreSQL" | "SQLite";
  /** The PostgreSQL major, or SQLite's version as `major.minor`. */
  readonly version: string;
  /** The first 16 hex digits of the SHA-256 over `proofText` of the body that was proven. */
  readonly sha256: string;
}

/** The hex digits of a hash that a proof line carries. */
const digits = 16;

const line =
  /^(?:--|\/\/)[ \t]*proof[ \t]*:[ \t]*(up and down|up only), (PostgreSQL|SQLite) (\d+(?:\.\d+)*), sha256 ([0-9a-f]{16})$/;

/** The header line of a proof; `mark` begins a comment in the revision's language. */
export function printProof(proof: Proof, mark: "--" | "//" = "--"): string {
  return `${mark} proof: ${proof.ways}, ${proof.product} ${proof.version}, sha256 ${proof.sha256.slice(0, digits)}`;
}

/** The proof that a header line states; null for a line that states none in these words, which then proves nothing. */
export function parseProof(content: string): Proof | null {
  const [, ways, product, version = "", sha256 = ""] = line.exec(content.trimEnd()) ?? [];
  if (ways !== "up and down" && ways !== "up only") return null;
  if (product !== "PostgreSQL" && product !== "SQLite") return null;
  return { ways, product, version, sha256 };
}

/**
 * The text that a proof's hash is computed over: the sections with their blank ends left out. It stays the same when
 * the header changes, and changes with any statement of a section.
 */
export function proofText(body: RevisionBody): string {
  const parts = [
    ["require", body.require ?? null],
    ["up", body.up],
    ["require-down", body.requireDown ?? null],
    ["down", body.down],
    ["verify", body.verify],
  ] as const;
  return parts
    .flatMap(([name, section]) => (section === null ? [] : [`${name}:`, withoutBlankEnds(section.sql)]))
    .map((part) => `${part}\n`)
    .join("");
}

/**
 * Whether one of these proofs is about the body with this hash (all 64 digits or their beginning), on this server where
 * one is named.
 */
export function isProven(
  proofs: readonly Proof[],
  sha256: string,
  server: { readonly product?: Proof["product"]; readonly version?: string } = {},
): boolean {
  return proofs.some(
    (proof) =>
      proof.sha256 === sha256.slice(0, digits) &&
      (server.product === undefined || proof.product === server.product) &&
      (server.version === undefined || proof.version === server.version),
  );
}

/** Blank lines around a section are layout: editors and merges add and remove them. */
function withoutBlankEnds(sql: string): string {
  return sql.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
