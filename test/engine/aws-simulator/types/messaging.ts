import { parseDocument, resolvePrincipals, showDocument } from "../documents";
import { AwsError } from "../errors";
import { checkTags, match, nothing, oneOf, type Call, type TypeModel } from "../model";
import { isObject, sameValue, text, type Value } from "../values";
import { roleType } from "./iam";
import { findKey, keyType, needKey } from "./kms";

export const topicType = "aws:sns/topic:Topic";
const topicPolicyType = "aws:sns/topicPolicy:TopicPolicy";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

const topicArn = (call: Call): string => call.arn("sns", call.text("name"));

const topic: TypeModel = {
  token: topicType,
  api: ["SNS", "CreateTopic", "SetTopicAttributes", "DeleteTopic"],
  autoName: "name",
  replaceOn: ["name", "namePrefix", "fifoTopic"],
  exclusive: [["name", "namePrefix"]],
  // CreateTopic answers with the topic that is there when the attributes are the same.
  collision: (call, { props }) =>
    ["displayName", "kmsMasterKeyId", "tagsAll"].every((name) => sameValue(call.props[name], props[name]))
      ? undefined
      : new AwsError(
          "InvalidParameter",
          "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
        ),
  id: topicArn,
  accept(call) {
    match("InvalidParameter", call.props["name"], "Topic Name", /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/);
    match("InvalidParameter", call.props["displayName"], "DisplayName", /^.{0,100}$/);
    checkTags(call);
    const key = call.text("kmsMasterKeyId");
    if (key !== "" && key !== "alias/aws/sns")
      needKey(
        call,
        key,
        () => new AwsError("InvalidParameter", `Invalid parameter: KmsMasterKeyId ${key} cannot be used`),
      );
  },
  computed: (call) => ({
    arn: topicArn(call),
    owner: call.account,
    beginningArchiveTime: "",
    signatureVersion: call.props["signatureVersion"] ?? 0,
  }),
  remove(stored, call) {
    call.accounts.remove(stored.account, topicPolicyType, stored.id);
    for (const { id, props } of call.accounts.list(stored.account, subscriptionType)) {
      if (props["topic"] === stored.id) call.accounts.remove(stored.account, subscriptionType, id);
    }
  },
};

const malformed = "InvalidParameter";

const topicPolicy: TypeModel = {
  token: topicPolicyType,
  api: ["SNS", "SetTopicAttributes", "SetTopicAttributes", "SetTopicAttributes"],
  retriesIam: true,
  replaceOn: ["arn"],
  id: (call) => call.text("arn"),
  accept(call) {
    call.need(topicType, call.text("arn"), () => new AwsError("NotFound", "Topic does not exist", 404));
    const statements = parseDocument(call.text("policy"), "resource", malformed);
    if (Buffer.byteLength(call.text("policy")) > call.limit("topicPolicy"))
      throw new AwsError(malformed, "Invalid parameter: Policy Error: the policy is too large");
    for (const { actions, resources } of statements) {
      if (actions.some((action) => !/^(?:SNS|sns):/i.test(action)))
        throw new AwsError(malformed, "Invalid parameter: Policy statement action out of service scope!");
      if (resources.some((resource) => resource !== call.text("arn")))
        throw new AwsError(malformed, "Invalid parameter: Policy Error: null");
    }
    resolvePrincipals(call, statements, malformed);
  },
  principals: (call) =>
    resolvePrincipals(call, parseDocument(call.text("policy"), "resource", malformed), malformed),
  computed: (call) => ({ owner: call.account }),
  show: (stored, call) => ({
    ...stored.props,
    policy: showDocument(call, text(stored.props["policy"]), stored.principals),
  }),
};

const subscription: TypeModel = {
  token: subscriptionType,
  api: ["SNS", "Subscribe", "SetSubscriptionAttributes", "Unsubscribe"],
  replaceOn: ["topic", "protocol", "endpoint"],
  id: (call) => call.old?.id ?? subscriptionId(call),
  accept(call) {
    call.need(topicType, call.text("topic"), () => new AwsError("NotFound", "Topic does not exist", 404));
    oneOf(malformed, call.props["protocol"], "protocol", [
      "email",
      "email-json",
      "https",
      "http",
      "sqs",
      "lambda",
      "sms",
      "application",
      "firehose",
    ]);
    if (call.text("protocol").startsWith("email"))
      match(malformed, call.props["endpoint"], "endpoint", /^[^@\s]+@[^@\s]+\.[^@\s]+$/);
  },
  computed: (call, id) => ({
    arn: id,
    ownerId: call.account,
    pendingConfirmation: call.text("protocol").startsWith("email"),
    confirmationWasAuthenticated: false,
    rawMessageDelivery: call.props["rawMessageDelivery"] ?? false,
  }),
};

/** Subscribing an address again answers with the subscription that is there (Amazon SNS API, Subscribe). */
function subscriptionId(call: Call): string {
  const same = call.accounts
    .list(call.account, subscriptionType)
    .find(({ props }) => ["topic", "protocol", "endpoint"].every((name) => props[name] === call.props[name]));
  return same?.id ?? `${call.text("topic")}:${call.freshUuid("subscription")}`;
}

const rule: TypeModel = {
  token: ruleType,
  api: ["EventBridge", "PutRule", "PutRule", "DeleteRule"],
  autoName: "name",
  replaceOn: ["name", "namePrefix", "eventBusName"],
  exclusive: [["name", "namePrefix"]],
  id: (call) => call.text("name"),
  accept(call) {
    match("ValidationException", call.props["name"], "name", /^[.\-_A-Za-z0-9]{1,64}$/);
    match("ValidationException", call.props["description"], "description", /^[\s\S]{0,512}$/);
    oneOf("ValidationException", call.props["state"], "state", [
      "ENABLED",
      "DISABLED",
      "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    ]);
    checkTags(call);
    if (call.text("eventPattern") === "" && call.text("scheduleExpression") === "")
      throw new AwsError(
        "ValidationException",
        "Parameter(s) EventPattern or ScheduleExpression must be specified.",
      );
    if (call.text("eventPattern") !== "") checkEventPattern(call, call.text("eventPattern"));
    if (call.others(ruleType).length >= call.limit("rulesPerBus"))
      throw new AwsError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
  },
  computed: (call) => ({
    arn: call.arn("events", `rule/${call.text("name")}`),
    eventBusName: call.props["eventBusName"] ?? "default",
    state: call.props["state"] ?? "ENABLED",
    forceDestroy: call.props["forceDestroy"] ?? false,
  }),
  remove(stored, call) {
    if (call.accounts.list(stored.account, targetType).some(({ props }) => props["rule"] === stored.id)) {
      throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
    }
  },
};

function checkEventPattern(call: Call, source: string): void {
  const refuse = (why: string): never => {
    throw new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${why}`);
  };
  if (source.length > call.limit("eventPattern")) refuse("the pattern is too long");
  let pattern: Value;
  try {
    pattern = JSON.parse(source) as Value;
  } catch {
    return refuse("it is not JSON");
  }
  const visit = (value: Value, path: string): void => {
    if (Array.isArray(value)) {
      if (value.length === 0) refuse(`Empty arrays are not allowed at ${path}`);
      return;
    }
    if (!isObject(value)) return void refuse(`"${path}" must be an object or an array`);
    if (Object.keys(value).length === 0) refuse(`Empty objects are not allowed at ${path}`);
    for (const [key, item] of Object.entries(value)) if (key !== "$or") visit(item, `${path}.${key}`);
  };
  visit(pattern, "$");
}

const target: TypeModel = {
  token: targetType,
  api: ["EventBridge", "PutTargets", "PutTargets", "RemoveTargets"],
  autoName: "targetId",
  replaceOn: ["rule", "targetId", "eventBusName"],
  exclusive: [["input", "inputPath", "inputTransformer"]],
  id: (call) => `${call.text("rule")}-${call.text("targetId")}`,
  accept(call) {
    match("ValidationException", call.props["targetId"], "targets.1.member.id", /^[.\-_A-Za-z0-9]{1,64}$/);
    call.need(
      ruleType,
      call.text("rule"),
      () =>
        new AwsError(
          "ResourceNotFoundException",
          `Rule ${call.text("rule")} does not exist on EventBus default.`,
        ),
    );
    match(
      "ValidationException",
      call.props["arn"],
      "targets.1.member.arn",
      /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:.+$/,
    );
    const others = call.others(targetType).filter(({ props }) => props["rule"] === call.props["rule"]);
    if (others.length >= call.limit("targetsPerRule"))
      throw new AwsError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
    const role = /:role\/(?:.*\/)?([^/]+)$/.exec(call.text("roleArn"))?.[1];
    if (role !== undefined)
      call.needVisible(
        roleType,
        role,
        () =>
          new AwsError(
            "ValidationException",
            `Provided role '${call.text("roleArn")}' cannot be assumed by principal 'events.amazonaws.com'.`,
          ),
      );
  },
  computed: (call) => ({ eventBusName: call.props["eventBusName"] ?? "default" }),
};

/** The retention periods that CloudWatch Logs knows (API reference, PutRetentionPolicy). */
const retention = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup: TypeModel = {
  token: logGroupType,
  api: ["CloudWatch Logs", "CreateLogGroup", "PutRetentionPolicy", "DeleteLogGroup"],
  autoName: "name",
  replaceOn: ["name", "namePrefix", "logGroupClass"],
  exclusive: [["name", "namePrefix"]],
  collision: () => new AwsError("ResourceAlreadyExistsException", "The specified log group already exists"),
  id: (call) => call.text("name"),
  accept(call) {
    match("InvalidParameterException", call.props["name"], "logGroupName", /^[.\-_/#A-Za-z0-9]{1,512}$/);
    checkTags(call);
    const days = call.props["retentionInDays"];
    if (days !== undefined && !retention.some((known) => known === days))
      throw new AwsError(
        "InvalidParameterException",
        `1 validation error detected: Value '${JSON.stringify(days)}' at 'retentionInDays' failed to satisfy constraint`,
      );
    if (call.text("kmsKeyId") !== "") needKeyForLogs(call, call.text("kmsKeyId"));
  },
  computed: (call) => ({
    arn: call.arn("logs", `log-group:${call.text("name")}`),
    retentionInDays: call.props["retentionInDays"] ?? 0,
    skipDestroy: call.props["skipDestroy"] ?? false,
    logGroupClass: call.props["logGroupClass"] ?? "STANDARD",
  }),
};

/** CloudWatch Logs tries the key at once: its policy must already admit the service. */
function needKeyForLogs(call: Call, name: string): void {
  const refused = new AwsError(
    "AccessDeniedException",
    "The specified KMS key does not exist or is not allowed to be used with Arn",
  );
  const key = needKey(call, name, () => refused);
  call.accounts.need({
    urn: call.urn,
    type: keyType,
    account: call.account,
    id: findKey(call, name)?.id ?? name,
  });
  const admitted = parseDocument(text(key.props["policy"]), "resource", "Malformed").some(
    ({ effect, principals }) =>
      effect === "Allow" && (principals?.["Service"] ?? []).some((service) => /^logs\./.test(service)),
  );
  if (!admitted) throw refused;
}

const logResourcePolicy: TypeModel = {
  token: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  api: ["CloudWatch Logs", "PutResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy"],
  replaceOn: ["policyName", "resourceArn"],
  id: (call) => call.text("policyName"),
  accept(call) {
    parseDocument(call.text("policyDocument"), "resource", "InvalidParameterException");
    if (call.text("policyDocument").length > 5120)
      throw new AwsError("InvalidParameterException", "Policy document is longer than 5120 characters.");
    if (
      call.others("aws:cloudwatch/logResourcePolicy:LogResourcePolicy").length >=
      call.limit("logResourcePoliciesPerRegion")
    )
      throw new AwsError("LimitExceededException", "Resource limit exceeded.");
  },
  computed: nothing,
};

export const messaging: readonly TypeModel[] = [
  topic,
  topicPolicy,
  subscription,
  rule,
  target,
  logGroup,
  logResourcePolicy,
];
