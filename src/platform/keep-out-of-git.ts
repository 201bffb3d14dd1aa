import { join } from "node:path";
import { writeFileAtomic } from "./atomic-file.ts";

/** Makes a folder where it is missing, and git leaves everything in it alone. */
export async function keepOutOfGit(folder: string): Promise<void> {
  await writeFileAtomic(join(folder, ".gitignore"), "*\n");
}
