import assert from "node:assert/strict";
import type { Json, PreviewDocument } from "../../../../preview/preview-document";
import { resource } from "../../cost/documents";
import { bucketPolicy, platform, policyText, role, toldBetween, type StatementJson } from "../platform";

const read: StatementJson = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const deny: StatementJson = { ...read, Sid: "Refuse", Effect: "Deny" };

function controlPolicy(...statements: readonly StatementJson[]): PreviewDocument {
  const inputs = { name: "guard", type: "SERVICE_CONTROL_POLICY", content: policyText(...statements) };
  return platform(resource("aws:organizations/policy:Policy", "guard", inputs));
}

function boundary(...statements: readonly StatementJson[]): PreviewDocument {
  const shop = role("shop");
  const limited = { ...shop.inputs, permissionsBoundary: "arn:aws:iam::111111111111:policy/limit" };
  const inputs = { name: "limit", path: "/", policy: policyText(...statements) };
  return platform({ ...shop, inputs: limited }, resource("aws:iam/policy:Policy", "limit", inputs));
}

function cluster(accessScope: Json, policy = "AmazonEKSEditPolicy"): PreviewDocument {
  const inputs = {
    clusterName: "dev",
    principalArn: "arn:aws:iam::111111111111:role/shop",
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    accessScope,
  };
  return platform(resource("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "shop", inputs));
}

describe("sentences about access", () => {
  const cases: readonly (readonly [string, PreviewDocument, PreviewDocument, readonly string[]])[] = [
    [
      "a control policy no longer forbids",
      controlPolicy(read, deny),
      controlPolicy(read),
      ["wider Refuse: control policy guard no longer forbids everybody to read objects (s3:GetObject) on *."],
    ],
    [
      "a control policy lets in more",
      controlPolicy({ ...read, Action: "s3:PutObject" }),
      controlPolicy({ ...read, Action: ["s3:PutObject", "s3:GetObject"] }),
      ["wider Read: control policy guard now lets accounts read objects (s3:GetObject) on *."],
    ],
    [
      "a boundary lets its roles do less, and forbids more",
      boundary(read),
      boundary({ ...read, Resource: "arn:aws:s3:::a/*" }, deny),
      [
        "narrower Refuse: permissions boundary limit now forbids its roles to read objects (s3:GetObject) on *.",
        "narrower Read: permissions boundary limit no longer lets its roles read objects (s3:GetObject) on *; now: only arn:aws:s3:::a/*.",
      ],
    ],
    [
      "a resource forbids only where a condition holds",
      platform(bucketPolicy({ ...deny, Principal: "*" })),
      platform(
        bucketPolicy({ ...deny, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      ),
      [
        "wider Refuse: bucket artifacts no longer forbids everybody (*) to read objects (s3:GetObject) on *; now: only where Bool aws:SecureTransport = false.",
      ],
    ],
    [
      "a principal may work in the whole cluster",
      cluster({ type: "namespace", namespaces: ["shop"] }),
      cluster({ type: "cluster" }),
      [
        "wider statement 1: cluster access shop now lets arn:aws:iam::111111111111:role/shop do eks:AmazonEKSEditPolicy on cluster/dev/namespace/*; before: only cluster/dev/namespace/shop.",
      ],
    ],
    [
      "a principal has another policy of EKS",
      cluster({ type: "cluster" }),
      cluster({ type: "cluster" }, "AmazonEKSClusterAdminPolicy"),
      [
        "wider statement 1: cluster access shop now lets arn:aws:iam::111111111111:role/shop do eks:AmazonEKSClusterAdminPolicy on cluster/dev/namespace/*.",
        "narrower statement 1: cluster access shop no longer lets arn:aws:iam::111111111111:role/shop do eks:AmazonEKSEditPolicy on cluster/dev/namespace/*.",
      ],
    ],
  ];
  for (const [title, before, after, told] of cases) {
    it(`say that ${title}`, () => {
      assert.deepEqual(toldBetween(before, after), told);
    });
  }

  it("leave out what a limit allows that is wholly new or gone, but not what it forbids", () => {
    const [whole, limit] = [controlPolicy(read, deny), boundary(read)];
    assert.deepEqual(toldBetween(platform(), whole), [
      "narrower Refuse: control policy guard now forbids everybody to read objects (s3:GetObject) on *.",
    ]);
    const trust = "codebuild.amazonaws.com may now assume role shop.";
    assert.deepEqual(toldBetween(platform(), limit), [`wider AssumedByService: ${trust}`]);
  });

  it("name six values and count the others", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => `arn:aws:s3:::${name}`);
    const [line] = toldBetween(controlPolicy(), controlPolicy({ ...read, Resource: names }));
    assert.equal(
      line,
      "wider Read: control policy guard now lets accounts read objects (s3:GetObject) on arn:aws:s3:::a, " +
        "arn:aws:s3:::b, arn:aws:s3:::c, arn:aws:s3:::d, arn:aws:s3:::e, arn:aws:s3:::f and 2 more.",
    );
  });
});
