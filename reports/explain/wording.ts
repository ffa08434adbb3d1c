/** `a, b and c` */
export function list(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}

/**
 * Policy variables as people read them, without the colons and slashes that ARNs are cut at: `${aws:PrincipalTag/Application}`
 * becomes `‹caller's Application›`, `${aws:userid}` becomes `‹aws userid›`.
 */
export function readable(pattern: string): string {
  return pattern
    .replace(/\$\{aws:PrincipalTag\/([^}]+)\}/g, "‹caller's $1›")
    .replace(/\$\{([^}]+)\}/g, (_, name: string) => `‹${name.replace(/[:/]/g, " ")}›`);
}

/** Values that stand once each, in their order. */
export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

export function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Services as AWS writes their names, by the prefix of their actions. */
const services: Readonly<Record<string, string>> = {
  apigateway: "API Gateway",
  chatbot: "Amazon Q in chat",
  cloudformation: "CloudFormation",
  cloudtrail: "CloudTrail",
  codebuild: "CodeBuild",
  codeconnections: "CodeConnections",
  codepipeline: "CodePipeline",
  "codestar-connections": "CodeConnections (former name)",
  "codestar-notifications": "notification rules",
  config: "Config",
  dynamodb: "DynamoDB",
  "ecs-tasks": "ECS",
  events: "EventBridge",
  guardduty: "GuardDuty",
  lambda: "Lambda",
  logs: "CloudWatch Logs",
  secretsmanager: "Secrets Manager",
};

/** `codebuild` or `codebuild.amazonaws.com` → `CodeBuild`. */
export function serviceName(service: string): string {
  const prefix = service.replace(/\.amazonaws\.com(\.cn)?$/, "");
  return services[prefix] ?? (prefix.includes(".") ? prefix : prefix.toUpperCase());
}
