import { Argument, Command, type Option } from "commander";

const EXAMPLES = `
Examples:
  $ source <(slipway completion bash)                                     in ~/.bashrc
  $ slipway completion zsh > "\${fpath[1]}/_slipway"
  $ slipway completion fish > ~/.config/fish/completions/slipway.fish`;

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof shells;

/**
 * `slipway completion`: what a shell needs to complete the commands and options of the program, taken from the program itself.
 * @param program with all its commands when the command runs
 */
export function completionCommand(program: Command): Command {
  return new Command("completion")
    .description("Print what a shell needs to complete the commands and options of slipway.")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(shells)))
    .addHelpText("after", EXAMPLES)
    .action((shell: Shell) => {
      process.stdout.write(shells[shell](program.name(), wordsOf(program)));
    });
}

/** A command of the program, as far as a shell completes it. */
interface CommandWords {
  readonly name: string;
  readonly description: string;
  /** Words that may stand as its argument. */
  readonly choices: readonly string[];
  readonly options: readonly OptionWords[];
}

interface OptionWords {
  readonly flag: string;
  readonly description: string;
  /** What its value is called, undefined for a switch. */
  readonly value: string | undefined;
  readonly choices: readonly string[];
}

function wordsOf(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    options: [
      ...command.options.map(optionWords),
      { flag: "--help", description: "display help for command", value: undefined, choices: [] },
    ],
  }));
}

function optionWords({ flags, long, description, argChoices = [] }: Option): OptionWords {
  return { flag: long ?? flags, description, value: /[<[]([\w=-]+)/.exec(flags)?.[1], choices: argChoices };
}

type ValueKind = "choices" | "directory" | "file" | "none";

function kindOf({ value, choices }: OptionWords): ValueKind {
  if (choices.length > 0) return "choices";
  if (value === "dir") return "directory";
  return value === "file" ? "file" : "none";
}

/** https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
function bashScript(name: string, commands: readonly CommandWords[]): string {
  const values = new Map<string, string>();
  for (const option of commands.flatMap(({ options }) => options)) {
    if (option.value !== undefined) values.set(option.flag, bashValue(option));
  }
  return `# Completion of ${name} for bash.
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    words="${commands.map((command) => command.name).join(" ")} --help --version"
  else
    case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${[...values].map(([flag, value]) => `      ${flag}) ${value} return ;;`).join("\n")}
    esac
    case "\${COMP_WORDS[1]}" in
${commands.map((command) => `      ${command.name}) words="${words(command)}" ;;`).join("\n")}
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _${name} ${name}
`;
}

function bashValue(option: OptionWords): string {
  const reply = (what: string): string => `mapfile -t COMPREPLY < <(compgen ${what} -- "$current");`;
  const replies: Readonly<Record<ValueKind, string>> = {
    choices: reply(`-W "${option.choices.join(" ")}"`),
    directory: reply("-d"),
    file: reply("-f"),
    none: "",
  };
  return replies[kindOf(option)];
}

function words({ choices, options }: CommandWords): string {
  return [...choices, ...options.map(({ flag }) => flag)].join(" ");
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
function zshScript(name: string, commands: readonly CommandWords[]): string {
  const described = commands.map(
    (command) => `    '${zshText(command.name)}:${zshText(command.description)}'`,
  );
  const cases = commands.map(({ name: command, choices, options }) => {
    const argument = choices.length === 0 ? [] : [`'1:argument:(${choices.join(" ")})'`];
    const specs = [...argument, ...options.map(zshOption)].map((spec) => `        ${spec}`);
    return `      ${command})\n        shift words; ((CURRENT--))\n        _arguments \\\n${specs.join(" \\\n")}\n        ;;`;
  });
  return `#compdef ${name}
_${name}() {
  local -a commands=(
${described.join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
  else
    case $words[2] in
${cases.join("\n")}
    esac
  fi
}
compdef _${name} ${name}
`;
}

function zshOption(option: OptionWords): string {
  const { flag, description, value = "", choices } = option;
  const actions: Readonly<Record<ValueKind, string>> = {
    choices: `(${choices.join(" ")})`,
    directory: "_files -/",
    file: "_files",
    none: " ",
  };
  const argument = value === "" ? "" : `:${value}:${actions[kindOf(option)]}`;
  return `'*${flag}[${zshText(description)}]${argument}'`;
}

function zshText(text: string): string {
  return text.replace(/'/g, "'\\''").replace(/[[\]:]/g, "\\$&");
}

/** https://fishshell.com/docs/current/completions.html */
function fishScript(name: string, commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name: command, description, choices, options }) => {
    const within = `complete -c ${name} -n '__fish_seen_subcommand_from ${command}'`;
    return [
      `complete -c ${name} -f -n __fish_use_subcommand -a ${command} -d ${fishText(description)}`,
      ...(choices.length === 0 ? [] : [`${within} -f -a ${fishText(choices.join(" "))}`]),
      ...options.map((option) => {
        const values: Readonly<Record<ValueKind, string>> = {
          choices: ` -x -a ${fishText(option.choices.join(" "))}`,
          directory: " -x -a '(__fish_complete_directories)'",
          file: " -r -F",
          none: option.value === undefined ? "" : " -x",
        };
        const long = option.flag.replace(/^--/, "");
        return `${within} -l ${long}${values[kindOf(option)]} -d ${fishText(option.description)}`;
      }),
    ];
  });
  return `# Completion of ${name} for fish.\n${lines.join("\n")}\n`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
