import { environmentStack } from "./stacks/environment";
import { cicdStack } from "./stacks/cicd";
import { organizationStack } from "./stacks/organization";
import { loadProgram } from "./program";

const { settings, applications } = loadProgram();

function makeStack(): Record<string, unknown> {
  switch (settings.stack) {
    case "cicd":
      return cicdStack(settings, applications);
    case "environment":
      return environmentStack(settings, applications);
    case "organization":
      return organizationStack(settings);
    default:
      return settings satisfies never;
  }
}

// Pulumi takes the module's exports as the stack's outputs.
export = makeStack();
