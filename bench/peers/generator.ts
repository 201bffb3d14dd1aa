import type { Command } from "../harness/command.ts";
import type { GeneratedSchema } from "./model-sources.ts";

/** A tool that writes a revision from declared models. */
export interface Generator {
  readonly name: string;
  /** What a reader must know to compare it fairly. */
  readonly note: string;
  /** Makes the tool ready, once; gives what is missing, in words, where it can't be. */
  readonly missing: () => Promise<string | null>;
  /** Writes a project of the tool, without its models. */
  readonly write: (folder: string) => Promise<void>;
  /** Writes the models, over those that are there. */
  readonly writeModels: (folder: string, schema: GeneratedSchema) => Promise<void>;
  /** Writes the revision that the models need. */
  readonly generate: (folder: string) => Command;
  /** Brings the tool's database, where it needs one, to what the revisions make; null where it needs none. */
  readonly apply: ((folder: string) => Command) | null;
  /** A new, empty database for the tool, where it needs one. */
  readonly emptyDatabase?: () => Promise<void>;
  /** Folders that a call is not to find, although an earlier one left them: caches. */
  readonly without?: readonly string[];
  /** Where the tool's revisions are, from its folder; the files of the last call are there. */
  readonly revisions: string;
}
