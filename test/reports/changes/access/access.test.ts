import assert from "node:assert/strict";
import type { PreviewDocument } from "../../../../preview/preview-document";
import { resource } from "../../cost/documents";
import {
  accessBetween,
  bucketPolicy,
  platform,
  policyText,
  role,
  rolePolicy,
  shopMay,
  toldBetween,
  trustOfCodeBuild,
  type StatementJson,
} from "../platform";

const read: StatementJson = {
  Sid: "Read",
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: ["arn:aws:s3:::artifacts/sources/*"],
};
const deny: StatementJson = { ...read, Sid: "Refuse", Effect: "Deny" };
const ofAccount = { StringEquals: { "aws:ResourceAccount": "111111111111" } };

function may(...statements: readonly StatementJson[]): PreviewDocument {
  return shopMay(...statements);
}

describe("the comparison of access", () => {
  const sentences: readonly (readonly [string, PreviewDocument, PreviewDocument, readonly string[]])[] = [
    [
      "tells of another action",
      may(read),
      may({ ...read, Action: ["s3:GetObject", "s3:DeleteObject"] }),
      ["wider Read: role shop may now delete objects (s3:DeleteObject) on arn:aws:s3:::artifacts/sources/*."],
    ],
    [
      "tells of more resources, and of those before",
      may(read),
      may({ ...read, Resource: "arn:aws:s3:::artifacts/*" }),
      [
        "wider Read: role shop may now read objects (s3:GetObject) on arn:aws:s3:::artifacts/*; before: only arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "tells of fewer resources, and of those now",
      may({ ...read, Resource: "arn:aws:s3:::artifacts/*" }),
      may(read),
      [
        "narrower Read: role shop may no longer read objects (s3:GetObject) on arn:aws:s3:::artifacts/*; now: only arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "tells of other resources as more and as less",
      may(read),
      may({ ...read, Resource: "arn:aws:s3:::other/*" }),
      [
        "wider Read: role shop may now read objects (s3:GetObject) on arn:aws:s3:::other/*.",
        "narrower Read: role shop may no longer read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "tells of a condition that is gone",
      may({ ...read, Condition: ofAccount }),
      may(read),
      [
        "wider Read: role shop may now read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*; before: only if StringEquals aws:ResourceAccount = 111111111111.",
      ],
    ],
    [
      "tells of a condition that is new",
      may(read),
      may({ ...read, Condition: ofAccount }),
      [
        "narrower Read: role shop may no longer read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*; now: only if StringEquals aws:ResourceAccount = 111111111111.",
      ],
    ],
    [
      "tells of one more value of a condition",
      may({ ...read, Condition: ofAccount }),
      may({
        ...read,
        Condition: { StringEquals: { "aws:ResourceAccount": ["111111111111", "222222222222"] } },
      }),
      [
        "wider Read: role shop may now read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/* if StringEquals aws:ResourceAccount = 222222222222; before: only if StringEquals aws:ResourceAccount = 111111111111.",
      ],
    ],
    [
      "does not guess where conditions cannot be compared",
      may({ ...read, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/16" } } }),
      may({ ...read, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      [
        "unknown Read: Nobody can tell here whether role shop may more or less read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*: before if IpAddress aws:SourceIp = 10.0.0.0/16, now if IpAddress aws:SourceIp = 10.0.0.0/8.",
      ],
    ],
    [
      "takes a refusal that is gone for more",
      may(read, deny),
      may(read),
      [
        "wider Refuse: role shop is no longer refused to read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "takes a new refusal for less",
      may(read),
      may(read, deny),
      [
        "narrower Refuse: role shop is now refused to read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "tells who may assume a role",
      platform(role("shop")),
      platform(role("shop", { ...trustOfCodeBuild, Principal: { AWS: "222222222222" } })),
      [
        "wider AssumedByService: account 222222222222 may now assume role shop; before: only codebuild.amazonaws.com.",
        "narrower AssumedByService: codebuild.amazonaws.com may no longer assume role shop; now: only account 222222222222.",
      ],
    ],
    [
      "tells whom a resource lets in",
      platform(bucketPolicy({ ...read, Principal: { AWS: "arn:aws:iam::222222222222:role/door" } })),
      platform(bucketPolicy({ ...read, Principal: { AWS: "arn:aws:iam::222222222222:root" } })),
      [
        "wider Read: bucket artifacts now lets account 222222222222 read objects (s3:GetObject) on arn:aws:s3:::artifacts/sources/*; before: only arn:aws:iam::222222222222:role/door.",
      ],
    ],
    [
      "tells of what NotAction leaves open",
      may({ ...read, Action: "s3:*" }),
      may({
        Sid: "Read",
        Effect: "Allow",
        NotAction: ["iam:*", "s3:*"],
        Resource: "arn:aws:s3:::artifacts/sources/*",
      }),
      [
        "wider Read: role shop may now do everything but iam:*, s3:* on arn:aws:s3:::artifacts/sources/*.",
        "narrower Read: role shop may no longer do s3:* on arn:aws:s3:::artifacts/sources/*.",
      ],
    ],
    [
      "tells of what NotResource leaves open",
      may({ ...read, Resource: "*" }),
      may({ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }),
      [
        "narrower Read: role shop may no longer read objects (s3:GetObject) on *; now: only everything but arn:aws:s3:::secret/*.",
      ],
    ],
  ];
  for (const [title, before, after, told] of sentences) {
    it(title, () => {
      assert.deepEqual(toldBetween(before, after), told);
    });
  }

  it("tells of a new role and of one that is gone by each statement", () => {
    const after = may(read);
    const told = (changes: ReturnType<typeof accessBetween>): unknown =>
      changes.map(({ direction, of, subject, statement }) => [direction, of, subject, statement]);
    assert.deepEqual(told(accessBetween(platform(), after)), [
      ["wider", "new", "role shop", "AssumedByService"],
      ["wider", "new", "role shop", "Read"],
    ]);
    assert.deepEqual(told(accessBetween(after, platform())), [
      ["narrower", "removed", "role shop", "AssumedByService"],
      ["narrower", "removed", "role shop", "Read"],
    ]);
  });

  const same: readonly (readonly [string, PreviewDocument, PreviewDocument])[] = [
    ["another Sid", may(read), may({ ...read, Sid: "Other" })],
    ["text instead of a list", may(read), may({ ...read, Action: "s3:GetObject" })],
    ["another case of an action", may(read), may({ ...read, Action: "S3:getobject" })],
    [
      "a wildcard that stands for the same actions",
      may({ ...read, Action: "s3:GetObj*ention" }),
      may({ ...read, Action: "s3:GetObjectRetention" }),
    ],
    [
      "a resource that another includes",
      may(read, { ...read, Sid: "More", Resource: "arn:aws:s3:::artifacts/*" }),
      may({ ...read, Resource: "arn:aws:s3:::artifacts/*" }),
    ],
    [
      "a statement in two by its actions",
      may({ ...read, Action: ["s3:GetObject", "s3:PutObject"] }),
      may({ ...read, Action: "s3:PutObject" }, read),
    ],
    [
      "a statement in two by a value of its condition",
      may({ ...read, Condition: { StringEquals: { "aws:ResourceAccount": ["1", "2"] } } }),
      may(
        { ...read, Condition: { StringEquals: { "aws:ResourceAccount": "2" } } },
        { ...read, Sid: "One", Condition: { StringEquals: { "aws:ResourceAccount": "1" } } },
      ),
    ],
    [
      "a permission in another policy of the same role",
      platform(role("shop"), rolePolicy("shop", "one", read, deny)),
      platform(role("shop"), rolePolicy("shop", "one", deny), rolePolicy("shop", "two", read)),
    ],
    [
      "a permission in a managed policy that is attached to the role",
      platform(role("shop"), rolePolicy("shop", "one", read)),
      platform(
        role("shop"),
        resource("aws:iam/policy:Policy", "managed", { name: "managed", policy: policyText(read) }),
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {
          role: "shop",
          policyArn: "arn:aws:iam::111111111111:policy/managed",
        }),
      ),
    ],
    [
      "another spelling of an account",
      platform(role("shop", { ...trustOfCodeBuild, Principal: { AWS: "222222222222" } })),
      platform(role("shop", { ...trustOfCodeBuild, Principal: { AWS: ["arn:aws:iam::222222222222:root"] } })),
    ],
  ];
  for (const [title, before, after] of same) {
    it(`finds nothing in ${title}`, () => {
      assert.deepEqual(toldBetween(before, after), []);
    });
  }

  it("says what is known only after deployment on both sides, and does not guess where it is on one", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const hidden = platform(
      role("shop"),
      resource("aws:iam/rolePolicy:RolePolicy", "shop-job", { name: "job", role: "shop", policy: unknown }),
    );
    assert.deepEqual(toldBetween(may(read), hidden), [
      "unknown : role shop: a policy is known only after deployment, so nobody can tell what it changes.",
    ]);
    assert.deepEqual(toldBetween(hidden, hidden), []);
  });
});
