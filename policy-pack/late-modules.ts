/**
 * Leaves out of the pack's start what the SDK loads and the pack never asks for: the Automation API, and npm's Arborist,
 * which serialises closures. They are a third of its time. Should something ask, they are loaded then. Imported first, before
 * anything of Pulumi.
 */
import Module from "node:module";

type Load = (
  this: unknown,
  request: string,
  parent: { readonly filename?: string } | undefined,
  isMain: boolean,
) => unknown;

// What Node's loader calls for every `require`; the typings leave it out.
const loader = Module as unknown as { _load: Load };
const load = loader._load;

/** What is loaded late, and the file of the SDK that asks for it. */
const LATE = [
  ["./automation", /@pulumi[/\\]pulumi[/\\]index\.js$/],
  ["@npmcli/arborist", /@pulumi[/\\]pulumi[/\\]runtime[/\\]closure[/\\]codePaths\.js$/],
] as const;

loader._load = function (request, parent, isMain) {
  const loadNow = (): unknown => load.call(this, request, parent, isMain);
  const isLate = LATE.some(([late, asking]) => request === late && asking.test(parent?.filename ?? ""));
  return isLate ? lateModule(loadNow) : loadNow();
};

/** A module that is loaded when one of its parts is asked for. */
function lateModule(loadNow: () => unknown): object {
  return new Proxy(
    {},
    {
      get: (_, name): unknown =>
        name === "__esModule" ? true : Reflect.get(Object(loadNow()) as object, name),
    },
  );
}
