import type { RenderContext } from "../render/renderer.ts";
import type { Decision } from "./decision.ts";
import type { RowSource } from "./row-source.ts";

/** What requirements are worked out from. */
export interface RequirementRequest {
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly context: RenderContext;
  readonly source: RowSource;
  /** The major of the server that the plan is made for. */
  readonly major: number;
}
