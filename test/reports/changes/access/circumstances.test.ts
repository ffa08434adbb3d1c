import assert from "node:assert/strict";
import type { PreviewDocument, PreviewedResource } from "../../../../preview/preview-document";
import { resource } from "../../cost/documents";
import { platform, role, toldBetween } from "../platform";

function shop(
  inputs: PreviewedResource["inputs"],
  arn = "arn:aws:iam::111111111111:role/shop",
): PreviewedResource {
  const plain = role("shop");
  return { ...plain, inputs: { ...plain.inputs, ...inputs }, outputs: { arn } };
}

function attachment(target: string): PreviewedResource {
  return {
    ...resource("aws:organizations/policyAttachment:PolicyAttachment", "guard-prod", { targetId: target }),
    propertyDependencies: { policyId: ["urn:pulumi:cicd::shop::aws:organizations/policy:Policy::guard"] },
  };
}

/** A role that lets in by a pattern of the caller's ARN, and one whose policy asks for a tag. */
const door = role("door", {
  Sid: "Deployers",
  Effect: "Allow",
  Principal: { AWS: "111111111111" },
  Action: "sts:AssumeRole",
  Condition: {
    ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/deploy/*" },
    StringEquals: { "aws:RequestTag/Application": "${aws:PrincipalTag/Application}" },
  },
});
const boundary = "arn:aws:iam::111111111111:policy/limit";
const other = "arn:aws:iam::111111111111:policy/other";

describe("access that changes although no policy does", () => {
  const cases: readonly (readonly [string, PreviewDocument, PreviewDocument, readonly string[]])[] = [
    [
      "tells of a boundary that is gone",
      platform(shop({ permissionsBoundary: boundary })),
      platform(shop({})),
      [`wider : role shop is no longer limited by the permissions boundary ${boundary}.`],
    ],
    [
      "tells of a boundary that is new",
      platform(shop({})),
      platform(shop({ permissionsBoundary: boundary })),
      [`narrower : role shop is now limited by the permissions boundary ${boundary}.`],
    ],
    [
      "does not guess which of two boundaries allows more",
      platform(shop({ permissionsBoundary: boundary })),
      platform(shop({ permissionsBoundary: other })),
      [
        `unknown : role shop is limited by the permissions boundary ${other} instead of ${boundary}: nobody can tell here which allows more.`,
      ],
    ],
    [
      "tells where a control policy applies no longer",
      platform(attachment("ou-1")),
      platform(),
      ["wider : control policy guard no longer limits ou-1."],
    ],
    [
      "tells where a control policy applies instead",
      platform(attachment("ou-1")),
      platform(attachment("ou-2")),
      [
        "wider : control policy guard no longer limits ou-1.",
        "narrower : control policy guard now limits ou-2.",
      ],
    ],
    [
      "tells of a tag by which policies decide",
      platform(door, shop({ tags: { Application: "shop", Team: "a" } })),
      platform(door, shop({ tags: { Application: "till", Team: "b" } })),
      [
        "wider : role shop now carries the tag Application = till, by which policies decide: what they grant for it holds for this one too.",
        "narrower : role shop no longer carries the tag Application = shop, by which policies decide.",
      ],
    ],
    [
      "tells which doors another path of a role opens",
      platform(door, shop({})),
      platform(door, shop({ path: "/deploy/" }, "arn:aws:iam::111111111111:role/deploy/shop")),
      [
        "wider Deployers: role door of cicd now lets role shop in, which is arn:aws:iam::111111111111:role/deploy/shop and was arn:aws:iam::111111111111:role/shop.",
      ],
    ],
    [
      "says nothing of a new role without a boundary but its statements",
      platform(),
      platform(role("till")),
      ["wider AssumedByService: codebuild.amazonaws.com may now assume role till."],
    ],
  ];
  for (const [title, before, after, told] of cases) {
    it(title, () => {
      assert.deepEqual(toldBetween(before, after), told);
    });
  }
});
