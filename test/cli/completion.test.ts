import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { slipway } from "../support/shipped-preview";

const run = promisify(execFile);

describe("slipway completion", () => {
  /** The names of all commands, and the options of each, as their help says. */
  let asked: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const helped = (): Promise<ReadonlyMap<string, readonly string[]>> => (asked ??= readHelp());
  async function readHelp(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { stdout } = await slipway(["--help"]);
    const list = stdout.split("\nCommands:\n")[1]?.split("\n\n")[0] ?? "";
    const names = [...list.matchAll(/^ {2}([a-z-]+)/gm)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "help");
    const options = await Promise.all(
      names.map(async (name) => {
        const help = (await slipway([name, "--help"])).stdout;
        const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
        return [name, flags] as const;
      }),
    );
    return new Map(options);
  }

  /** What bash itself offers after these words. */
  async function offered(script: string, ...words: readonly string[]): Promise<string[]> {
    const quoted = ["slipway", ...words].map((word) => `'${word}'`).join(" ");
    const question = `COMP_WORDS=(${quoted}); COMP_CWORD=${String(words.length)}; _slipway; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run("bash", ["--norc", "-c", `${script}\n${question}`]);
    return stdout.split("\n").filter((line) => line !== "");
  }

  it("completes in bash every command, and every option of each, as their help says", async () => {
    const { status, stdout: script, stderr } = await slipway(["completion", "bash"]);
    assert.deepEqual([status, stderr], [0, ""]);
    const help = await helped();
    assert.deepEqual(await offered(script, ""), [...help.keys(), "--help", "--version"]);
    for (const [name, flags] of help) {
      const options = (await offered(script, name, "")).filter((word) => word.startsWith("--"));
      assert.deepEqual(options.toSorted(), flags.toSorted(), name);
    }
    assert.deepEqual(await offered(script, "expl"), ["explain"]);
    assert.deepEqual(await offered(script, "limits", "--fail"), ["--fail-over"]);
    assert.deepEqual(await offered(script, "completion", "z"), ["zsh"]);
  });

  it("offers folders and files in bash where an option wants one, and nothing where it wants a name", async () => {
    const { stdout: script } = await slipway(["completion", "bash"]);
    assert.deepEqual(await offered(script, "preview", "--cwd", "/us"), ["/usr"]);
    assert.deepEqual(
      await offered(script, "limits", "--preview", "/etc/host"),
      await offered(script, "cost", "--preview", "/etc/host"),
    );
    assert.ok((await offered(script, "limits", "--preview", "/etc/host")).includes("/etc/hostname"));
    assert.deepEqual(await offered(script, "preview", "--stack", ""), []);
  });

  for (const shell of ["zsh", "fish"]) {
    it(`tells ${shell} of every command and option`, async () => {
      const { status, stdout } = await slipway(["completion", shell]);
      assert.equal(status, 0);
      for (const [name, flags] of await helped()) {
        assert.ok(stdout.includes(shell === "zsh" ? `    '${name}:` : `-a ${name} -d '`), name);
        for (const flag of flags) {
          const written = shell === "zsh" ? `'*${flag}[` : `_from ${name}' -l ${flag.slice(2)}`;
          assert.ok(stdout.includes(written), `${name} ${flag}`);
        }
      }
    });
  }

  it("refuses another shell with words and status 2", async () => {
    assert.deepEqual(await slipway(["completion", "csh"]), {
      status: 2,
      stdout: "",
      stderr:
        "error: command-argument value 'csh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n" +
        "(completion: --help says more)\n",
    });
  });
});
