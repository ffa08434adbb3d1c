/**
 * Versions that `test.runtimes` may name. Source, 2026-11-21:
 * https://docs.aws.amazon.com/codebuild/latest/userguide/runtime-versions.html
 */
export const runtimeVersions = {
  dotnet: ["6.0", "8.0", "10.0"],
  golang: ["1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26"],
  java: ["corretto8", "corretto11", "corretto17", "corretto21", "corretto25"],
  nodejs: ["18", "20", "22", "24"],
  python: ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"],
} as const;
