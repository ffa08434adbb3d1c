/** Colours on a terminal only, and as https://no-color.org and FORCE_COLOR ask. */
export function useColor(
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** How a report is drawn on a stream: as wide as the terminal, 100 columns elsewhere. */
export function viewOf(stream: NodeJS.WriteStream): { readonly width: number; readonly color: boolean } {
  return { width: stream.isTTY ? stream.columns : 100, color: useColor(stream) };
}
