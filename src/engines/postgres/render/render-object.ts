import type { PlanObject } from "../plan/schema-model.ts";
import { aggregateRenderer } from "./aggregate.ts";
import { collationRenderer } from "./collation.ts";
import { columnRenderer, defaultRenderer } from "./column.ts";
import { typeRenderer } from "./composite-type.ts";
import { constraintRenderer } from "./constraint.ts";
import { defaultPrivilegesRenderer } from "./default-privileges.ts";
import { domainRenderer } from "./domain-type.ts";
import { enumRenderer } from "./enum-type.ts";
import { eventTriggerRenderer } from "./event-trigger.ts";
import { foreignDataWrapperRenderer, serverRenderer, userMappingRenderer } from "./foreign-data.ts";
import { indexRenderer } from "./index-renderer.ts";
import { publicationMemberRenderer, publicationRenderer } from "./publication.ts";
import { rangeRenderer } from "./range-type.ts";
import type { Renderer } from "./renderer.ts";
import { membershipRenderer, roleRenderer } from "./role.ts";
import { functionRenderer, policyRenderer, triggerRenderer } from "./routine.ts";
import { ruleRenderer } from "./rule.ts";
import { extensionRenderer, schemaRenderer } from "./schema.ts";
import { sequenceRenderer } from "./sequence.ts";
import { statisticsRenderer } from "./statistics-object.ts";
import { tableRenderer } from "./table.ts";
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
  role: roleRenderer,
  membership: membershipRenderer,
  collation: collationRenderer,
  range: rangeRenderer,
  aggregate: aggregateRenderer,
  statistics: statisticsRenderer,
  rule: ruleRenderer,
  "event-trigger": eventTriggerRenderer,
  "foreign-data-wrapper": foreignDataWrapperRenderer,
  server: serverRenderer,
  "user-mapping": userMappingRenderer,
  publication: publicationRenderer,
  "publication-member": publicationMemberRenderer,
  "default-privileges": defaultPrivilegesRenderer,
};

/** How objects of a kind are written. */
export function rendererOf(object: PlanObject): Renderer {
  return renderers[object.kind];
}
