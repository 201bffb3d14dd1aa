import { type Proof, parseProof, printProof } from "./proof.ts";

/** The name of the file that holds the proofs of revisions whose own files have no place for them. */
export const proofsFileName = "keelson.proofs";

/** What the file says, by the id of the revision; a revision that is named with no proof was written without one. */
export type ProofsFile = ReadonlyMap<string, readonly Proof[]>;

const head =
  "# What scratch databases have shown of the revisions beside this file that have no header. Keelson writes it; keep it with them.";

/** Reads the file. A line that is in other words names its revision, and proves nothing. */
export function parseProofsFile(text: string): ProofsFile {
  const found = new Map<string, readonly Proof[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, id = "", said = ""] = /^([0-9A-Za-z_.]+):(.*)$/.exec(line) ?? [];
    if (id === "") continue;
    const proof = parseProof(`${mark} proof:${said}`);
    found.set(id, [...(found.get(id) ?? []), ...(proof === null ? [] : [proof])]);
  }
  return found;
}

/** The file's text: a line for each proof, in the order of the ids, so that two branches rarely change one place. */
export function printProofsFile(proofs: ProofsFile): string {
  const ids = [...proofs.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const lines = ids.flatMap((id) => {
    const known = proofs.get(id) ?? [];
    return known.length === 0 ? [`${id}: none`] : known.map((proof) => `${id}: ${printProof(proof).slice(shown)}`);
  });
  return `${[head, ...lines].join("\n")}\n`;
}

/** The file with new proofs of a revision. Those of the same body on other servers stay, those of another body go. */
export function withProofs(file: ProofsFile, id: string, proofs: readonly Proof[]): ProofsFile {
  const short = proofs.map((proof) => ({ ...proof, sha256: proof.sha256.slice(0, 16) }));
  const kept = (file.get(id) ?? []).filter((old) =>
    short.every(
      ({ sha256, product, version }) => old.sha256 === sha256 && !(old.product === product && old.version === version),
    ),
  );
  return new Map([...file, [id, [...kept, ...short]]]);
}

const mark = "--";
const shown = `${mark} proof: `.length;
