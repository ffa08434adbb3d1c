import assert from "node:assert/strict";
import { reportedFinding } from "../../../../policy-pack/lib/check/check-source";
import { grantsOf, outline, outlineOf } from "../../support/checked";
import { access, ACCOUNT, document, grant, OTHER_ACCOUNT, trust } from "../../support/documents";

const BROAD = grant("dynamodb:GetItem", "*");
const NARROW = grant("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`);
const FINDING = "- error no-wildcard-grants Statement[0].Resource @";
const ON_RESOURCE = `${FINDING} "Resource": "*"`;
const encoded = (policy: object): string => encodeURIComponent(JSON.stringify(policy));

const TRUST = `"AssumeRolePolicyDocument": "${encoded(trust("*"))}"`;

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Reader:
    Type: AWS::IAM::Role
    Metadata: { "aws:cdk:path": Shop/Reader/Resource }
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AdministratorAccess
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - !If
                - IsProduction
                - Effect: Allow
                  Action: dynamodb:GetItem
                  Resource: !Sub "arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/*"
                - !Ref AWS::NoValue
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: !GetAtt Orders.Arn
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionUrlConfig: { AuthType: NONE }
      Policies:
        - AdministratorAccess
        - S3ReadPolicy: { BucketName: !Ref Uploads }
        - Version: "2012-10-17"
          Statement: { Effect: Allow, Action: "dynamodb:GetItem", Resource: "*" }
  Uploads:
    Type: AWS::S3::Bucket
`;

describe("a check of a file", () => {
  it("judges a policy document, with the line of each finding", () => {
    assert.deepEqual(outlineOf(BROAD), ["(file) @ ", ON_RESOURCE]);
    assert.deepEqual(outlineOf(NARROW), ["(file) @ "]);
  });

  it("judges every document of a template, in the file's order, by its logical name", () => {
    assert.deepEqual(outline(TEMPLATE, "template.yaml"), [
      "Reader (Shop/Reader/Resource) AssumeRolePolicyDocument @ AssumeRolePolicyDocument",
      "Reader (Shop/Reader/Resource) ManagedPolicyArns[0] @ - arn:aws:iam::aws:policy/AdministratorAccess",
      "- error no-broad-managed-policies managedPolicyArns[0] @ - arn:aws:iam::aws:policy/AdministratorAccess",
      "Reader (Shop/Reader/Resource) Policies[0].PolicyDocument @ PolicyDocument",
      `${FINDING} Resource: !Sub "arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/*"`,
      "Worker @ Worker",
      "- error no-open-trust Statement.Principal @ Worker",
      "Worker ManagedPolicyArns[0] @ Policies",
      "- error no-broad-managed-policies managedPolicyArns[0] @ Policies",
      'Worker Policies[2] @ - Version: "2012-10-17"',
      '- error no-wildcard-grants Statement.Resource @ Statement: { Effect: Allow, Action: "dynamodb:GetItem", Resource: "*" }',
    ]);
  });

  it("judges a template the same in JSON, and names what only the deployment knows", () => {
    const resource = (Resource: unknown): object => ({
      Resources: {
        Reader: {
          Type: "AWS::IAM::Policy",
          Properties: { PolicyDocument: grant("dynamodb:GetItem", Resource) },
        },
      },
    });
    assert.deepEqual(outlineOf(resource("*")), ['Reader PolicyDocument @ "PolicyDocument"', ON_RESOURCE]);
    const [unknown] = grantsOf(JSON.stringify(resource({ "Fn::GetAtt": ["Orders", "Arn"] })), "t.json");
    assert.deepEqual(unknown?.findings, []);
    assert.deepEqual(unknown.unknowns, ["Statement[0].Resource"]);
  });

  it("takes a template's own account for its own, and writes it as the template does", () => {
    const root = { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" };
    const key = (...AWS: unknown[]): object => ({
      Resources: { Key: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: access({ AWS }, "kms:*") } } },
    });
    assert.deepEqual(outlineOf(key(root)), ['Key KeyPolicy @ "KeyPolicy"']);
    const table = { "Fn::Sub": "arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/*" };
    const template = {
      Resources: {
        P: {
          Type: "AWS::IAM::ManagedPolicy",
          Properties: { PolicyDocument: grant("dynamodb:GetItem", table) },
        },
      },
    };
    const [policy] = grantsOf(JSON.stringify(template), "t.json");
    assert.match(
      policy?.findings.map((finding) => reportedFinding(finding).message).join("") ?? "",
      /"arn:aws:dynamodb:eu-west-1:\$\{AWS::AccountId\}:table\/\*" reaches every resource of the type/,
    );
  });

  it("reads the answers of the AWS CLI, objects, texts and URL-encoded texts alike", () => {
    const answers: readonly [object, readonly string[]][] = [
      [
        { PolicyVersion: { VersionId: "v1", Document: BROAD } },
        ['PolicyVersion.Document @ "Document"', ON_RESOURCE],
      ],
      [{ Policy: JSON.stringify(BROAD) }, ['Policy @ "Policy": "{…', `${FINDING} "Policy": "{…`]],
      [
        { RoleName: "app", PolicyName: "orders", PolicyDocument: encoded(BROAD) },
        [
          `app PolicyDocument @ "PolicyDocument": "${encoded(BROAD)}"`,
          `${FINDING} "PolicyDocument": "${encoded(BROAD)}"`,
        ],
      ],
      [
        { Role: { RoleName: "app", AssumeRolePolicyDocument: encoded(trust("*")) } },
        [
          `app AssumeRolePolicyDocument @ ${TRUST}`,
          `- error no-open-trust Statement[0].Principal @ ${TRUST}`,
        ],
      ],
      [
        {
          RoleDetailList: [
            { RoleName: "app", RolePolicyList: [{ PolicyName: "orders", PolicyDocument: BROAD }] },
          ],
          Policies: [
            {
              PolicyName: "old",
              PolicyVersionList: [
                { IsDefaultVersion: true, Document: NARROW },
                { IsDefaultVersion: false, Document: BROAD },
              ],
            },
          ],
        },
        [
          'app/orders PolicyDocument @ "PolicyDocument"',
          ON_RESOURCE,
          'old PolicyVersionList[0].Document @ "Document"',
        ],
      ],
      [
        { Policy: { PolicySummary: { Type: "SERVICE_CONTROL_POLICY" }, Content: JSON.stringify(BROAD) } },
        ['Policy.Content @ "Content": "{…'],
      ],
    ];
    for (const [answer, expected] of answers) assert.deepEqual(outlineOf(answer), expected);
    assert.deepEqual(outline(encoded(BROAD), "-"), [
      `(file) @ ${encoded(BROAD)}`,
      `${FINDING} ${encoded(BROAD)}`,
    ]);
  });

  it("takes the account from the ARN of what a policy belongs to, or of the resources that it names", () => {
    const queue = (owner: string): object =>
      document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "sqs:SendMessage",
        Resource: `arn:aws:sqs:eu-west-1:${owner}:orders`,
      });
    const belongsTo = (owner: string): object => ({
      Attributes: {
        QueueArn: `arn:aws:sqs:eu-west-1:${owner}:orders`,
        Policy: access({ AWS: ACCOUNT }, "sqs:SendMessage"),
      },
    });
    const counts = [
      outlineOf(queue(ACCOUNT)),
      outlineOf(queue(OTHER_ACCOUNT)),
      outlineOf(queue(OTHER_ACCOUNT), { account: ACCOUNT }),
      outlineOf(belongsTo(ACCOUNT)),
      outlineOf(belongsTo(OTHER_ACCOUNT)),
    ].map((lines) => lines.length - 1);
    assert.deepEqual(counts, [0, 1, 0, 0, 1]);
  });

  it("reads Terraform's plans, with what is unknown, and its states", () => {
    const change = (after: object | null, unknown: object = {}): object => ({
      address: "module.app.aws_iam_role.app",
      mode: "managed",
      type: "aws_iam_role",
      change: { actions: ["update"], after, after_unknown: unknown },
    });
    const role = {
      assume_role_policy: JSON.stringify(trust({ Service: "ec2.amazonaws.com" })),
      inline_policy: [{ name: "orders", policy: JSON.stringify(BROAD) }],
    };
    assert.deepEqual(outlineOf({ format_version: "1.2", resource_changes: [change(role), change(null)] }), [
      'module.app.aws_iam_role.app assume_role_policy @ "assume_role_policy": "{…',
      'module.app.aws_iam_role.app inline_policies[0].policy @ "policy": "{…',
      `${FINDING} "policy": "{…`,
    ]);
    const plan = { resource_changes: [change({}, { assume_role_policy: true })] };
    const [unknown] = grantsOf(JSON.stringify(plan), "plan.json");
    assert.deepEqual(unknown?.unknowns, ["document"]);
    const values = { policy: JSON.stringify(BROAD) };
    const resource = { address: "aws_iam_policy.app", mode: "managed", type: "aws_iam_policy", values };
    const data = { ...resource, mode: "data", type: "aws_iam_policy_document" };
    const module = { resources: [data], child_modules: [{ resources: [resource] }] };
    assert.deepEqual(outlineOf({ values: { root_module: module } }).at(-1), `${FINDING} "policy": "{…`);
    const state = {
      terraform_version: "1.9.0",
      resources: [
        { type: "aws_iam_policy", name: "app", instances: [{ index_key: "eu", attributes: values }] },
      ],
    };
    assert.equal(outlineOf(state)[0], 'aws_iam_policy.app["eu"] policy @ "policy": "{…');
  });

  it("reads Pulumi's states and previews, and what is not secret of a secret", () => {
    const type = "aws:iam/policy:Policy";
    const urn = `urn:pulumi:prod::shop::${type}::orders`;
    const resource = (policy: unknown): object => ({ urn, type, inputs: { policy } });
    const name = `${type}::orders policy`;
    const text = JSON.stringify(BROAD);
    assert.deepEqual(outlineOf({ deployment: { resources: [resource(text)] } }), [
      `${name} @ "policy": "{…`,
      `${FINDING} "policy": "{…`,
    ]);
    assert.deepEqual(outlineOf({ steps: [{ op: "delete" }, { op: "update", newState: resource(text) }] }), [
      `${name} @ "policy": "{…`,
      `${FINDING} "policy": "{…`,
    ]);
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const plain = resource({ ...secret, plaintext: JSON.stringify(text) });
    assert.deepEqual(outlineOf({ deployment: { resources: [plain] } }), [
      `${name} @ "policy"`,
      `${FINDING} "policy"`,
    ]);
    const [hidden] = grantsOf(
      JSON.stringify({ deployment: { resources: [resource({ ...secret, ciphertext: "v1:abc" })] } }),
      "-",
    );
    assert.deepEqual([hidden?.findings, hidden?.unknowns], [[], ["document"]]);
  });

  it("finds documents also in resources of other types", () => {
    const template = { Resources: { Own: { Type: "Custom::Access", Properties: { Rules: BROAD } } } };
    assert.deepEqual(outlineOf(template), ['Own Rules @ "Rules"', ON_RESOURCE]);
  });

  it("reads the Serverless Framework's files, and pieces of templates anywhere", () => {
    const policy = "{ Statement: [{ Effect: Allow, Action: 's3:*', Resource: !GetAtt Bucket.Arn }] }";
    const verdicts = (text: string): string[] =>
      outline(text, "a.yml").map((line) => line.replace(/ @.*$/, ""));
    const template = `{ Resources: { P: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${policy} } } } }`;
    const finding = "- error no-wildcard-grants Statement[0].Action";
    assert.deepEqual(verdicts(`resources: ${template}\n`), ["P PolicyDocument", finding]);
    assert.deepEqual(verdicts(`custom: { Rules: ${policy} }\n`), ["custom.Rules", finding]);
  });

  it("finds nothing where there is nothing", () => {
    assert.deepEqual(outlineOf({ name: "package", steps: [{ run: "make" }], Statement1: [] }), []);
  });

  it("makes a key that stands twice an error at its line, also a resource's", () => {
    const twice =
      '{ "Version": "2012-10-17",\n "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject",\n "Action": "x:Y", "Resource": "arn:aws:s3:::a/*" }] }';
    const [first] = grantsOf(twice, "policy.json");
    assert.deepEqual(
      first?.findings.slice(0, 1).map((finding) => [finding.line, reportedFinding(finding).message]),
      [
        [
          3,
          'document: has the key "Action" twice in one object, so what it grants cannot be told. Write each name once. (docs/rules/readable-policies.md)',
        ],
      ],
    );
    const resources = "Resources:\n  A: { Type: AWS::SQS::Queue }\n  A: { Type: AWS::SNS::Topic }\n";
    assert.deepEqual(outline(resources, "t.yaml"), [
      "A @ A: { Type: AWS::SNS::Topic }",
      "- error readable-policies document @ A: { Type: AWS::SNS::Topic }",
    ]);
  });

  it("judges 10,000 statements, each of which passes roles", () => {
    const statement = { Effect: "Allow", Action: ["iam:PassRole", "ec2:RunInstances"], Resource: "*" };
    const policy = { Version: "2012-10-17", Statement: Array.from({ length: 10_000 }, () => statement) };
    const [large] = grantsOf(JSON.stringify(policy), "large.json");
    assert.ok((large?.findings.length ?? 0) >= 20_000);
  });
});
