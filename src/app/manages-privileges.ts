import { isKeelsonError } from "../errors.ts";
import { declaresModels } from "./check-models.ts";
import { declaredScope } from "./privilege-scope.ts";
import type { Project } from "./project.ts";
import { withSchemaWork } from "./schema-work.ts";

/** Whether the project looks after owners and privileges. What can't be read says nothing, and is told elsewhere. */
export async function managesPrivileges(project: Project): Promise<boolean> {
  const { settings, engine } = project;
  if (settings.privileges !== null) return settings.privileges === "managed";
  if (!declaresModels(project)) return false;
  try {
    return await withSchemaWork(project, engine.dialect, async (work) => {
      const declared = await work.declared();
      const desired = await work.declaredSide(declared, "the models").catalog();
      return declaredScope(settings, declared, desired) === "compared";
    });
  } catch (error) {
    if (isKeelsonError(error)) return false;
    throw error;
  }
}
