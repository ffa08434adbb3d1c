import { AwsError } from "../errors";
import { between, checkTags, match, objects, oneOf, texts, type Call, type TypeModel } from "../model";
import { list, text } from "../values";
import { parseDocument } from "../documents";
import { roleType } from "./iam";
import { topicType } from "./messaging";
import { pipelineType } from "./pipeline";

/** What AWS's chat application and the notifications of its developer tools refuse, by their API references (2026-11). */

const slackType = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const teamsType = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const ruleType = "aws:codestarnotifications/notificationRule:NotificationRule";

/** AWS Chatbot endpoints and quotas. */
const endpoints = ["us-east-2", "us-west-2", "eu-west-1", "ap-southeast-1"];

const invalid = "InvalidRequestException";
const refuse = (message: string): never => {
  throw new AwsError(invalid, message);
};

function channelConfiguration(
  token: string,
  service: "slack-channel" | "microsoft-teams-channel",
  ids: { readonly [property: string]: RegExp },
): TypeModel {
  const kind = service === "slack-channel" ? "Slack" : "MicrosoftTeams";
  const arn = (call: Call): string =>
    call.arn("chatbot", `chat-configuration/${service}/${call.text("configurationName")}`, { global: true });
  const calls = ["Create", "Update", "Delete"].map((verb) => `${verb}${kind}ChannelConfiguration`);
  const [create = "", update = "", remove = ""] = calls;
  return {
    token,
    api: ["Chatbot", create, update, remove],
    replaceOn: ["configurationName"],
    collision: (call) =>
      new AwsError(
        invalid,
        `The chat configuration with the name ${call.text("configurationName")} already exists.`,
      ),
    id: arn,
    accept(call) {
      if (!endpoints.includes(call.region)) refuse(`There is no endpoint in ${call.region}.`);
      match(invalid, call.props["configurationName"], "configurationName", /^[A-Za-z0-9_-]{1,128}$/);
      for (const [property, form] of Object.entries(ids))
        match(invalid, call.props[property], property, form);
      oneOf(invalid, call.props["loggingLevel"], "loggingLevel", ["ERROR", "INFO", "NONE"]);
      checkTags(call);
      checkChannelOnce(call, token, Object.keys(ids));
      checkRole(call);
      for (const topic of texts(call.props["snsTopicArns"]))
        call.need(topicType, topic, () => new AwsError(invalid, `The topic ${topic} does not exist.`));
    },
    computed: (call) => ({ chatConfigurationArn: arn(call) }),
  };
}

/** An account configures a channel once, whatever the configuration's name. */
function checkChannelOnce(call: Call, token: string, ids: readonly string[]): void {
  const same = call.others(token).some(({ props }) => ids.every((id) => props[id] === call.props[id]));
  if (same) refuse("The channel has already been configured for this AWS account.");
}

function checkRole(call: Call): void {
  const arn = call.text("iamRoleArn");
  const error = (): AwsError => new AwsError(invalid, `The role ${arn} cannot be assumed.`);
  const role = call.need(roleType, arn.slice(arn.lastIndexOf("/") + 1), error);
  const trusts = parseDocument(text(role.props["assumeRolePolicy"]), "trust", invalid).some(
    ({ principals }) => principals?.["Service"]?.includes("chatbot.amazonaws.com") === true,
  );
  if (role.props["arn"] !== arn || !trusts) throw error();
}

const targetTypes: Readonly<Record<string, string>> = {
  AWSChatbotSlack: slackType,
  AWSChatbotMicrosoftTeams: teamsType,
};

const notificationRule: TypeModel = {
  token: ruleType,
  api: [
    "CodeStar Notifications",
    "CreateNotificationRule",
    "UpdateNotificationRule",
    "DeleteNotificationRule",
  ],
  autoName: "name",
  replaceOn: ["resource"],
  id: (call) =>
    call.old?.id ??
    call.arn("codestar-notifications", `notificationrule/${call.fresh("notificationrule", 40)}`),
  accept(call) {
    const validation = "ValidationException";
    match(validation, call.props["name"], "name", /^[A-Za-z0-9_ -]{1,64}$/);
    oneOf(validation, call.props["detailType"], "detailType", ["BASIC", "FULL"]);
    checkTags(call);
    for (const event of texts(call.props["eventTypeIds"]))
      match(
        validation,
        event,
        "eventTypeIds",
        /^codepipeline-pipeline-(pipeline-execution|manual-approval)-[a-z]+$/,
      );
    between(validation, list(call.props["targets"]).length, "targets", 1, 10);
    const others = call.others(ruleType);
    if (others.some(({ props }) => props["name"] === call.props["name"]))
      throw new AwsError("ResourceAlreadyExistsException", `The rule ${call.text("name")} already exists.`);
    if (others.length >= call.limit("notificationRules"))
      throw new AwsError("LimitExceededException", "The number of notification rules exceeds the limit.");
    const pipeline = call.text("resource");
    call.need(
      pipelineType,
      pipeline.slice(pipeline.lastIndexOf(":") + 1),
      () => new AwsError(validation, `The resource ${pipeline} does not exist.`),
    );
    for (const target of objects(call.props["targets"])) {
      const type = targetTypes[text(target["type"])];
      const address = text(target["address"]);
      const error = (): AwsError =>
        new AwsError("ConfigurationException", `The target ${address} does not exist.`);
      if (type === undefined) throw error();
      call.need(type, address, error);
    }
  },
  computed: (_call, id) => ({ arn: id, status: "ENABLED" }),
};

export const chat: readonly TypeModel[] = [
  channelConfiguration(slackType, "slack-channel", {
    slackChannelId: /^[A-Za-z0-9]{1,255}$/,
    slackTeamId: /^[0-9A-Z]{1,255}$/,
  }),
  channelConfiguration(teamsType, "microsoft-teams-channel", {
    channelId: /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
    teamId: /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
    tenantId: /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  }),
  notificationRule,
];
