import fs from "node:fs";
import { type Checked, problem } from "../input/problem";
import { fileFault } from "../input/text-file";
import type { PreviewDocument } from "../preview/preview-document";
import type { FormerReport } from "../reports/cost/compare";

/** A former output of `slipway cost --json`; fields that were added later do no harm. */
export function readFormerReport(file: string): Checked<FormerReport> {
  const read = readJson(file);
  if ("problems" in read) return read;
  const { value } = read;
  if (isFormerReport(value)) return { value };
  const remedy = "Write one with: slipway cost --json > base.json";
  return { problems: [problem("This is no output of slipway cost --json, version 1.", [remedy], { file })] };
}

/** A former output of `slipway preview --json`. */
export function readSavedPreview(file: string): Checked<PreviewDocument> {
  const read = readJson(file);
  if ("problems" in read) return read;
  const { value } = read;
  if (isPreview(value)) return { value };
  const remedy = "Write one with: slipway preview --json > preview.json";
  return {
    problems: [problem("This is no output of slipway preview --json, version 1.", [remedy], { file })],
  };
}

/** Whether everything is there that a comparison needs (reports/cost/report.ts). */
function isFormerReport(value: unknown): value is FormerReport {
  if (!isObject(value) || value["version"] !== 1 || value["currency"] !== "USD") return false;
  return (
    typeof value["pricesOf"] === "string" &&
    isRange(value["total"]) &&
    isRange(value["shared"]) &&
    isListOf(value["applications"], ({ name, usd }) => typeof name === "string" && isRange(usd)) &&
    isListOf(value["assumptions"], (entry) => typeof entry["name"] === "string" && isRange(entry))
  );
}

function isPreview(value: unknown): value is PreviewDocument {
  if (!isObject(value) || value["version"] !== 1 || !Array.isArray(value["problems"])) return false;
  return isListOf(value["stacks"], ({ name, resources }) => {
    const isResource = ({ type, urn, inputs }: AnyObject): boolean =>
      isText(type) && isText(urn) && isObject(inputs);
    return typeof name === "string" && isListOf(resources, isResource);
  });
}

type AnyObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is AnyObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRange(value: unknown): boolean {
  return isObject(value) && ["low", "expected", "high"].every((end) => typeof value[end] === "number");
}

function isListOf(value: unknown, matches: (entry: AnyObject) => boolean): boolean {
  return Array.isArray(value) && value.every((entry) => isObject(entry) && matches(entry));
}

function readJson(file: string): Checked<unknown> {
  const fault = (message: string): Checked<unknown> => ({ problems: [problem(message, [], { file })] });
  try {
    return { value: JSON.parse(fs.readFileSync(file, "utf8")) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return fault("This file is not valid JSON.");
    return fault(`This file cannot be read: ${fileFault(error)}.`);
  }
}
