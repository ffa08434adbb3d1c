import type { Problem } from "../input/problem";
import { stackOf, type ResourceState } from "./graph";
import type { FromProgram } from "./process-messages";
import type { Properties } from "./values";

/** What a program has told of its stack so far. */
export class StackGraph {
  /** In the order of registration. */
  readonly states = new Map<string, ResourceState>();
  readonly warnings: string[] = [];
  readonly problems: Problem[] = [];

  receive(message: FromProgram): void {
    switch (message.kind) {
      case "resource":
        this.states.set(message.state.urn, message.state);
        break;
      case "outputs":
        this.setOutputs(message.urn, message.outputs);
        break;
      case "warning":
        this.warnings.push(message.text);
        break;
      case "problem":
        this.problems.push(message.problem);
        break;
      case "stack-outputs":
        break;
    }
  }

  setOutputs(urn: string, outputs: Properties): void {
    const state = this.states.get(urn);
    if (state !== undefined) state.outputs = outputs;
  }

  stackOutputs(): Properties {
    return stackOf(this.states)?.outputs ?? {};
  }
}
