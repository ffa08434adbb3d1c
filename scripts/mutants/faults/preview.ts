import type { Fault } from "../fault";

const parts = (title: string): Fault["killedBy"] => ({ file: "test/preview/parts.test.ts", title });
const judging = (title: string): Fault["killedBy"] => ({
  file: "test/preview/policy-check.test.ts",
  title: `what a policy pack says of a stack ${title}`,
});
const registrar = (title: string): Fault["killedBy"] => ({
  file: "test/preview/registrar.test.ts",
  title: `Registrar ${title}`,
});
const config = (title: string): Fault["killedBy"] => ({
  file: "test/preview/stack-file.test.ts",
  title: `config of a project ${title}`,
});
const checkPolicy = (title: string): Fault["killedBy"] => ({
  file: "test/cli/check-policy.test.ts",
  title: `slipway check-policy ${title}`,
});

export const previewFaults: readonly Fault[] = [
  {
    name: "an encrypted value inside an object is no secret",
    file: "preview/config-values.ts",
    find: "    seen.secret = true;\n",
    replace: "",
    killedBy: {
      file: "test/preview/config-values.test.ts",
      title:
        "config of a project values keeps a secret that it cannot decrypt unknown and secret, also inside an object",
    },
  },
  {
    name: "an account id in quotes is refused for its leading zero",
    file: "preview/config-values.ts",
    find: 'node.type === "PLAIN" && /^0\\d+$/',
    replace: "/^0\\d+$/",
    killedBy: {
      file: "test/preview/config-values.test.ts",
      title: "config of a project values reads digits in quotes as the engine does",
    },
  },
  {
    name: "a number that loses its leading zero is handed on",
    file: "preview/config-values.ts",
    find: "/^0\\d+$/.test(written)",
    replace: "/^0\\d$/.test(written)",
    killedBy: config("files with a number that would lose its leading zero are refused"),
  },
  {
    name: "a declared secret may stand in plain text",
    file: "preview/stack-file.ts",
    find: "if (secret && !effective.isSecret) {",
    replace: "if (secret && own === undefined) {",
    killedBy: {
      file: "test/preview/config-declarations.test.ts",
      title:
        "config of a project of Pulumi.yaml checks the types that it declares, and that secrets are encrypted",
    },
  },
  {
    name: "a violation that calls itself exempted passes",
    file: "preview/policy-check.ts",
    find: 'if (advisory && mark === "exempted")',
    replace: 'if (mark === "exempted")',
    killedBy: judging("is a violation where the level is mandatory, whatever mark the message bears"),
  },
  {
    name: "a violation that calls itself not verifiable passes",
    file: "preview/policy-check.ts",
    find: 'else if (advisory && mark === "not-verifiable")',
    replace: 'else if (mark === "not-verifiable")',
    killedBy: judging("is a violation where the level is mandatory, whatever mark the message bears"),
  },
  {
    name: "the pack is shown the inputs of a stack's resources as their outputs",
    file: "preview/policy-check.ts",
    find: "withoutInternals(state.outputs)",
    replace: "withoutInternals(state.inputs)",
    killedBy: judging("comes from each resource's inputs, then from all resources' outputs"),
  },
  {
    name: "a resource that is only read counts as made",
    file: "preview/policy-check.ts",
    find: ".filter(({ external }) => !external)",
    replace: ".filter(({ custom }) => custom)",
    killedBy: judging("leaves out what the stack only reads"),
  },
  {
    name: "what nobody could look into is not told",
    file: "preview/policy-check.ts",
    find: "[...notVerifiable, ...unseen]",
    replace: "[...notVerifiable]",
    killedBy: judging("names remote components, whose children nobody judged"),
  },
  {
    name: "a rule that breaks down finds nothing",
    file: "preview/policy-check.ts",
    find: "    throw new BreakdownError(`The policy pack broke down: ${reason}`);",
    replace:
      '    if (reason === "") throw new BreakdownError("The policy pack broke down.");\n    return new messages.AnalyzeResponse() as Response;',
    killedBy: judging("is a breakdown where the pack fails, never a pass"),
  },
  {
    name: "a document with an unknown value counts as known",
    file: "preview/policy-documents.ts",
    find: "  if (unknownPaths(document).length > 0) return { ...inputs, [property]: UNKNOWN };\n",
    replace: "",
    killedBy: parts(
      "checkedInputs makes a document with an unknown value unknown, also where the value is secret",
    ),
  },
  {
    name: "a document with a secret is shown",
    file: "preview/policy-documents.ts",
    find: "containsSecret(document) ? secret(text) : text",
    replace: "text",
    killedBy: parts("checkedInputs makes a document with a secret a secret"),
  },
  {
    name: "a secret in a list does not make its document one",
    file: "preview/values.ts",
    find: "(value as readonly Value[]).some(containsSecret)",
    replace: "(value as readonly Value[]).every(containsSecret)",
    killedBy: parts("checkedInputs makes a document with a secret in a list a secret"),
  },
  {
    name: "an unknown secret counts as known",
    file: "preview/values.ts",
    find: 'return unknownPaths(value["value"] ?? null, path);',
    replace: "return [];",
    killedBy: parts("values tell where they are unknown"),
  },
  {
    name: "an output is shown whose resource declares it secret",
    file: "preview/registrar.ts",
    find: "described.options.additionalSecretOutputs.filter((key) => outputs[key] !== undefined)",
    replace: "described.options.additionalSecretOutputs.filter((key) => outputs[key] === undefined)",
    killedBy: registrar("makes the outputs secret that a resource declares so"),
  },
  {
    name: "the second of two resources with one URN takes the place of the first",
    file: "preview/registrar.ts",
    find: "    if (this.states.has(urn)) throw duplicate(urn, type, name);\n",
    replace: "    if (this.states.has(urn) && !given.external) throw duplicate(urn, type, name);\n",
    killedBy: registrar("refuses a second resource with the same URN, also when one of them is read"),
  },
  {
    name: "a child of a protected component is not protected",
    file: "preview/registrar.ts",
    find: "...requests.resourceOptions(options, parent)",
    replace: "...requests.resourceOptions(options, this.states.get(request.getProvider()))",
    killedBy: registrar("hands protection down from parents, unless the child says otherwise"),
  },
  {
    name: "a URN names only the nearest ancestor's type",
    file: "preview/graph.ts",
    find: 'return urn.split("::")[2] ?? "";',
    replace: 'return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";',
    killedBy: parts("makeUrn keeps the types of ancestors of every rank"),
  },
  {
    name: "a switched-off default provider is made all the same",
    file: "preview/providers.ts",
    find: '!denied.includes("*") && !denied.includes(packageName)',
    replace: '!denied.includes("*") || !denied.includes(packageName)',
    killedBy: registrar(
      "refuses a default provider that the config switches off by its name or with all others",
    ),
  },
  {
    name: "a breakdown ends like wrong input",
    file: "preview/preview.ts",
    find: "failure(problems, crashed ? 3 : 2)",
    replace: "failure(problems, 2)",
    killedBy: {
      file: "test/preview/failures.test.ts",
      title:
        "preview of a program that breaks down is an internal error with the frames of the project's own sources",
    },
  },
  {
    name: "warnings about a document fail",
    file: "policy-pack/check/command.ts",
    find: "strict === true ?",
    replace: "strict !== false ?",
    killedBy: checkPolicy("ends with 0 for warnings and with 1 for errors, which it says with their remedy"),
  },
  {
    name: "a file that could not be opened ends with status 0",
    file: "policy-pack/check/command.ts",
    find: "  if (error !== null) return NOT_OPENED;\n",
    replace: "",
    killedBy: checkPolicy("says which file could not be opened and ends with 2, having checked the others"),
  },
];
