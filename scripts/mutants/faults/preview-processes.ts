import type { Fault } from "../fault";

const killedBy = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/preview/${file}.test.ts`,
  title,
});

/** Of what goes on between the processes of a preview. */
export const previewProcessFaults: readonly Fault[] = [
  {
    name: "the beginning of a line that came in pieces is lost",
    file: "preview/lines.ts",
    find: 'const line = begun.join("") + chunk.slice(start, end);',
    replace: "const line = chunk.slice(start, end);",
    killedBy: killedBy(
      "lines",
      "lines between the processes of a preview are read whole, however they are cut on the way",
    ),
  },
  {
    name: "what a pipe does not take at once is lost",
    file: "preview/lines.ts",
    find: "for (let sent = 0; sent < bytes.length;) sent += fs.writeSync(MESSAGES, bytes, sent);",
    replace: "fs.writeSync(MESSAGES, bytes.subarray(0, 65_536));",
    killedBy: killedBy(
      "lines",
      "lines between the processes of a preview arrive whole from a process that ends at once after writing more than a pipe holds",
    ),
  },
  {
    name: "an error of a local service is an answer",
    file: "preview/local-service.ts",
    find: "else done(serviceError(error));",
    replace: "else done(null, error);",
    killedBy: killedBy(
      "local-service",
      "a client of a service in the same process gives errors the code, the details and the message that gRPC gives them",
    ),
  },
  {
    name: "the pack does not see what was registered before it was there",
    file: "preview/stack-judgement.ts",
    find: "      for (const line of this.early) pack.show(line);\n",
    replace: "",
    killedBy: killedBy(
      "stack-judgement",
      "the judgement of a stack while its program runs shows the pack what came before it was there, then each line as it comes",
    ),
  },
  {
    name: "a failed program keeps its place at the pack",
    file: "preview/stack-judgement.ts",
    find: "      pack.abandon();\n",
    replace: "",
    killedBy: killedBy(
      "stack-judgement",
      "the judgement of a stack while its program runs gives its place away when the program has failed",
    ),
  },
  {
    name: "compiled code of another source is taken",
    file: "preview/loader.js",
    find: "hash(`${compiler()}\\n${filename}\\n${source}`)",
    replace: "hash(`${compiler()}\\n${filename}`)",
    killedBy: killedBy("loader", "compiled code that is kept is not taken for another source"),
  },
  {
    name: "damaged compiled code is run",
    file: "preview/loader.js",
    find: "return text.slice(end + 1) === hash(code) ? code : undefined;",
    replace: "return code;",
    killedBy: killedBy("loader", "compiled code that is kept is made anew when it is damaged"),
  },
  {
    name: "a policy pack whose process ends has nothing against a stack",
    file: "preview/policy-pack.ts",
    find: "this.ended = { broken: `The policy pack broke down: ${reason}` };",
    replace:
      'this.ended = reason === "" ? { broken: reason } : { result: { packs: [], violations: [] } as never };',
    killedBy: killedBy(
      "policy",
      "a policy pack whose process ends while it judges is an internal error, never a pass",
    ),
  },
];
