import type { PlanObject } from "../plan/schema-model.ts";
import { columnRenderer, defaultRenderer } from "./column.ts";
import { constraintRenderer } from "./constraint.ts";
import { indexRenderer } from "./index-renderer.ts";
import type { Renderer } from "./renderer.ts";
import { functionRenderer, policyRenderer, triggerRenderer } from "./routine.ts";
import { extensionRenderer, schemaRenderer } from "./schema.ts";
import { sequenceRenderer } from "./sequence.ts";
import { tableRenderer } from "./table.ts";
import { domainRenderer, enumRenderer, typeRenderer } from "./type-renderers.ts";
import { materializedViewRenderer, viewRenderer } from "./view.ts";

const renderers: Readonly<Record<PlanObject["kind"], Renderer>> = {
  schema: schemaRenderer,
  extension: extensionRenderer,
  enum: enumRenderer,
  domain: domainRenderer,
  type: typeRenderer,
  sequence: sequenceRenderer,
  table: tableRenderer,
  column: columnRenderer,
  default: defaultRenderer,
  constraint: constraintRenderer,
  index: indexRenderer,
  view: viewRenderer,
  "materialized-view": materializedViewRenderer,
  function: functionRenderer,
  trigger: triggerRenderer,
  policy: policyRenderer,
};

/** How objects of a kind are written. */
export function rendererOf(object: PlanObject): Renderer {
  return renderers[object.kind];
}
