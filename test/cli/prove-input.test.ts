import assert from "node:assert/strict";
import { findResource, findRole, readQuestion } from "../../cli/prove-input";
import { problemsOf } from "../../cli/wrong-input";
import { surveyOf, type Survey } from "../../reports/proof/survey";
import { shippedPreview } from "../support/shipped-preview";

const forms =
  "  Write: slipway prove can ROLE ACTION RESOURCE [with KEY=VALUE …], or: slipway prove who ACTION RESOURCE [with KEY=VALUE …]\n";

describe("a question of one's own", () => {
  let survey: Survey;
  before(async () => {
    survey = surveyOf(await shippedPreview());
  });

  /** What is told of wrong words, as it is printed. */
  function told(words: readonly string[]): string {
    const asked = readQuestion(words);
    const { graph } = survey.inquiry;
    const checked =
      "problems" in asked
        ? [asked]
        : [
            ...(asked.value.kind === "can" ? [findRole(graph, asked.value.role)] : []),
            findResource(survey.estate, asked.value.action, asked.value.resource),
          ];
    return checked
      .flatMap(problemsOf)
      .map(({ message, remedy = "" }) => `error: ${message}\n${remedy.replaceAll(/^/gm, "  ")}\n`)
      .join("");
  }

  it("has keys with one value or several, however they are spelled, and the action as AWS writes it", () => {
    const words = ["who", "S3:getobject", "x", "with", "aws:X=1", "AWS:x=2", "aws:Y=a=b"];
    assert.deepEqual(readQuestion(words), {
      value: {
        kind: "who",
        action: "s3:GetObject",
        resource: "x",
        context: { "aws:X": ["1", "2"], "aws:Y": "a=b" },
      },
    });
  });

  const key = "  Write KEY=VALUE with a condition key, such as aws:PrincipalTag/Application=hello-world.\n";
  const can = ["can", "hello-world-test"];
  const refusals: readonly (readonly [words: readonly string[], message: string])[] = [
    [["kan", "x"], `error: "kan" is no question.\n  Did you mean can?\n  Allowed: can, who.\n${forms}`],
    [
      ["can", "a", "b"],
      `error: slipway prove can takes ROLE, ACTION and RESOURCE and got "a" "b".\n${forms}`,
    ],
    [["who"], `error: slipway prove who takes ACTION and RESOURCE and got nothing.\n${forms}`],
    [
      [...can, "s3:GetObjec", "x", "with"],
      'error: "s3:GetObjec" is no action.\n  Did you mean s3:GetObject?\n  Known are those of 2026-09-26.\n' +
        `error: There is no condition key behind "with".\n${key}`,
    ],
    [
      [...can, "s3:Get*", "x", "with", "foo"],
      'error: "s3:Get*" is no action.\n  A wildcard asks for several actions: ask for each.\n' +
        `  Write a service and an action, such as s3:GetObject.\nerror: "foo" is no condition key with a value.\n${key}`,
    ],
    [
      [...can, "s33:GetObject", "x"],
      'error: "s33:GetObject" is no action.\n  AWS has no service "s33". Did you mean s3?\n  Known are those of 2026-09-26.\n',
    ],
    [
      ["can", "hello-wrld-test", "ecr:PutImage", "slipway/backend-flas"],
      'error: There is no role "hello-wrld-test".\n  Did you mean hello-world-test?\n' +
        'error: "slipway/backend-flas" is neither an ARN nor the name of something that ecr:PutImage is about.\n' +
        "  Did you mean slipway/backend-flask?\n  Or write an ARN.\n",
    ],
    [
      [...can, "sts:AssumeRole", "CICDCrossAccountRole"],
      'error: Several accounts have a role "CICDCrossAccountRole".\n' +
        "  Write which: dev/CICDCrossAccountRole, prod/CICDCrossAccountRole, test/CICDCrossAccountRole.\n",
    ],
    [
      [...can, "s3:GetObject", "*"],
      'error: s3:GetObject is about a resource, and "*" is none.\n  Write its name or its ARN.\n',
    ],
    [
      [...can, "codepipeline:ListPipelines", "hello-world-main"],
      'error: codepipeline:ListPipelines is about no resource, and got "hello-world-main".\n  Write "*", in quotes.\n',
    ],
    [
      [...can, "s3:GetObject", "arn:aws:s3:::x/*"],
      'error: "arn:aws:s3:::x/*" is no single resource.\n  A wildcard asks for several: ask for each.\n',
    ],
    [
      [...can, "ecr:PutImage", "arn:aws:sqs:eu-west-1:111111111111:x"],
      'error: "arn:aws:sqs:eu-west-1:111111111111:x" is no ARN of what ecr:PutImage is about.\n' +
        "  One looks like this: arn:aws:ecr:‹Region›:‹Account›:repository/‹RepositoryName›.\n",
    ],
  ];
  for (const [words, message] of refusals) {
    it(`is refused with words: ${words.join(" ")}`, () => {
      assert.equal(told(words), message);
    });
  }
});
