import { partition, type reservedSuffixes } from "../names";
import type { Platform } from "./settings";
import { problem, type Problem } from "../input/problem";
import { alternatives, quote } from "../input/wording";
import { pipelineRegions } from "./regions";
import type { Locate } from "../input/yaml-source";

/**
 * Rules between the shared settings.
 * @param locate takes a path that begins with the settings key
 */
export function checkPlatform(platform: Platform, locate: Locate): Problem[] {
  return [
    ...regionProblems(platform, locate),
    ...environmentNameProblems(platform, locate),
    ...accountProblems(platform, locate),
    ...partitionProblems(platform, locate),
    ...roleProblems(platform, locate),
    ...approvalProblems(platform, locate),
    ...chatProblems(platform, locate),
  ];
}

function regionProblems({ cicd }: Platform, locate: Locate): Problem[] {
  if (pipelineRegions.includes(cicd.region)) return [];
  return [
    problem(
      `slipway:cicd.region: CodePipeline does not exist in ${quote(cicd.region)}.`,
      [`Allowed: ${pipelineRegions.join(", ")}.`],
      locate(["cicd", "region"]),
    ),
  ];
}

/** No role can be assumed from another partition: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionProblems({ cicd, environments }: Platform, locate: Locate): Problem[] {
  const cicdPartition = partition(cicd.region);
  return environments.flatMap(({ region }, index) => {
    if (partition(region) === cicdPartition) return [];
    return [
      problem(
        `slipway:environments[${index}].region: ${quote(region)} is in the partition ${partition(region)}, the CI/CD account in ${cicdPartition}.`,
        ["Give each partition a platform of its own: no account can reach into another partition."],
        locate(["environments", index, "region"]),
      ),
    ];
  });
}

/** Suffixes of names.ts that name something in the environments' accounts, beside `<application>-<environment>`. */
const suffixesInEnvironments = [
  "cloudformation",
  "task",
  "task-execution",
] satisfies (typeof reservedSuffixes)[number][];

function environmentNameProblems({ environments }: Platform, locate: Locate): Problem[] {
  return environments.flatMap(({ name }, index) => {
    const label = `slipway:environments[${index}].name: ${quote(name)}`;
    const place = locate(["environments", index, "name"]);
    const reserved = suffixesInEnvironments.some((suffix) => suffix === name);
    const first = environments.findIndex((other) => other.name === name);
    return [
      ...(reserved
        ? [problem(`${label} is reserved.`, [`Not allowed: ${suffixesInEnvironments.join(", ")}.`], place)]
        : []),
      ...(first < index
        ? [
            problem(
              `${label} is the name of slipway:environments[${first}] too.`,
              ["Give each environment a name of its own."],
              place,
            ),
          ]
        : []),
    ];
  });
}

function accountProblems({ cicd, environments }: Platform, locate: Locate): Problem[] {
  const owners = new Map([[cicd.accountId, "slipway:cicd"]]);
  return environments.flatMap(({ accountId, name }, index) => {
    const owner = owners.get(accountId);
    if (owner === undefined) {
      owners.set(accountId, `the environment ${name}`);
      return [];
    }
    return [
      problem(
        `slipway:environments[${index}].accountId: ${quote(accountId)} is the account of ${owner} too.`,
        [
          "Give each environment an account of its own, apart from the CI/CD account: the account is what keeps them apart.",
        ],
        locate(["environments", index, "accountId"]),
      ),
    ];
  });
}

function roleProblems({ platformRole, breakGlassRole }: Platform, locate: Locate): Problem[] {
  if (platformRole.toLowerCase() !== breakGlassRole.toLowerCase()) return [];
  return [
    problem(
      `slipway:breakGlassRole: ${quote(breakGlassRole)} is slipway:platformRole too.`,
      ["Name a second role, which only people in an emergency can take."],
      locate(["breakGlassRole"]),
    ),
  ];
}

function approvalProblems({ environments, notifications }: Platform, locate: Locate): Problem[] {
  const waiting = environments.filter(({ approval }) => approval !== undefined).map(({ name }) => name);
  if (waiting.length === 0 || notifications.approvals.length > 0) return [];
  return [
    problem(
      `slipway:notifications.approvals: nobody is asked, but releases into ${alternatives(waiting, "and")} wait for an approval.`,
      ["Add the e-mail address of at least one person or list."],
      locate(["notifications", "approvals"]),
    ),
  ];
}

/** https://docs.aws.amazon.com/general/latest/gr/chatbot.html */
function chatProblems({ cicd, chat }: Platform, locate: Locate): Problem[] {
  const cicdPartition = partition(cicd.region);
  if (chat === undefined || cicdPartition === "aws") return [];
  return [
    problem(
      `slipway:chat: AWS's chat application does not exist in the partition ${cicdPartition} of the CI/CD account.`,
      ["Remove it: e-mail is all there is."],
      locate(["chat"]),
    ),
  ];
}
