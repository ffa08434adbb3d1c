import type { Fault, TestName } from "../fault";

const rights = (kind: string): TestName => ({
  file: "test/access/rights.test.ts",
  title: `the rights of one application of kind ${kind} are these in an environment, in every role`,
});

export const honestApplicationFaults: readonly Fault[] = [
  {
    name: "any function may be made to poll a queue",
    file: "iam/capabilities.ts",
    find: '["lambda:CreateEventSourceMapping"], ["*"], ownFunctions),',
    replace: '["lambda:CreateEventSourceMapping"], ["*"]),',
    killedBy: {
      file: "test/iam/trust.test.ts",
      title:
        "event source mappings, whose ids AWS picks may be asked to Create for the application's own functions only",
    },
  },
  {
    name: "functions cannot poll the application's queues",
    file: "iam/capabilities.ts",
    find: "return [queues(environment, name), ...queuePollers(environment, application, name)];",
    replace: "return [queues(environment, name)];",
    killedBy: rights("serverless"),
  },
  {
    name: "ECS starts no task that names a secret",
    file: "iam/execution-roles.ts",
    find: 'capabilities.filter((capability) => capability === "secrets");',
    replace: "capabilities.filter(() => false);",
    killedBy: rights("ecs"),
  },
  {
    name: "ECS reads no secret, but every queue, to start a task",
    file: "iam/execution-roles.ts",
    find: 'capabilities.filter((capability) => capability === "secrets");',
    replace: 'capabilities.filter((capability) => capability !== "secrets");',
    killedBy: rights("ecs"),
  },
];
