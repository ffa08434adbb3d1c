/**
 * Versions that `test.runtimes` may name: those that the build image amazonlinux-x86_64-standard:6.0 already holds; any
 * other would be fetched at build time, unpinned. Source, 2026-11-21:
 * https://github.com/aws/aws-codebuild-docker-images/blob/0c5eb16ca8ad8ca25bbd46b3090a2d9e60de8b84/al/x86_64/standard/6.0/runtimes.yml
 */
export const runtimeVersions = {
  dotnet: ["8.0", "10.0"],
  golang: ["1.24", "1.25", "1.26"],
  java: ["corretto8", "corretto11", "corretto17", "corretto21", "corretto25"],
  nodejs: ["22", "24"],
  php: ["8.2", "8.3", "8.4", "8.5"],
  python: ["3.10", "3.11", "3.12", "3.13", "3.14"],
  ruby: ["3.3", "3.4", "4.0"],
  rust: ["1.93"],
} as const;
