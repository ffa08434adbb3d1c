import { Command } from "commander";
import { previewCommand } from "./preview";

const program = new Command("slipway").addCommand(previewCommand());

void program.parseAsync();
