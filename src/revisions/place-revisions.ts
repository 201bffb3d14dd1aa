import { isHeaderless, type Revision } from "../history/revision.ts";
import { compareFiles, parseFileName } from "./file-name.ts";

/** Revisions from several places in the order of one folder, headerless ones with the one before as their parent. */
export function placeRevisions(revisions: readonly Revision[]): readonly Revision[] {
  const named = revisions.flatMap((revision) => {
    const name = parseFileName(revision.file);
    return name === null ? [] : [{ revision, name }];
  });
  named.sort((a, b) => compareFiles(a.name, b.name));
  let previous: string | null = null;
  return named.map(({ revision }, sequence) => {
    if (!isHeaderless(revision)) return { ...revision, sequence };
    const parents: readonly string[] = previous === null ? [] : [previous];
    previous = revision.id;
    return { ...revision, sequence, parents };
  });
}
