import { checkTags, match, oneOf, type TypeModel } from "../model";
import { AwsError } from "../errors";

export const connectionType = "aws:codeconnections/connection:Connection";

export const connection: TypeModel = {
  token: connectionType,
  api: ["CodeConnections", "CreateConnection", "TagResource", "DeleteConnection"],
  autoName: "name",
  replaceOn: ["name", "providerType", "hostArn"],
  exclusive: [["providerType", "hostArn"]],
  id: (call) => call.old?.id ?? call.arn("codeconnections", `connection/${call.freshUuid("connection")}`),
  accept(call) {
    match("ValidationException", call.props["name"], "connectionName", /^[\s\S]{1,32}$/);
    oneOf("ValidationException", call.props["providerType"], "providerType", [
      "Bitbucket",
      "GitHub",
      "GitHubEnterpriseServer",
      "GitLab",
      "GitLabSelfManaged",
      "AzureDevOps",
    ]);
    checkTags(call);
    if (call.others(connectionType).length >= call.limit("connectionsPerAccount"))
      throw new AwsError("LimitExceededException", "Connection limit exceeded");
  },
  computed: (call, id) => ({ arn: id, connectionStatus: call.old?.props["connectionStatus"] ?? "PENDING" }),
};
