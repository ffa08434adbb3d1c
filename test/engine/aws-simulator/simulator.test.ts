import assert from "node:assert/strict";
import { mock } from "node:test";
import { isAllowed, policyOf } from "./evaluator";
import type { Fault } from "./faults";
import { NoAnswer } from "./provider";
import { account, document, role, scratchAccounts, service, trust, urn } from "./scratch-accounts";
import { text, unknownValue, type Props, type Value } from "./values";
import { Accounts } from "./world";

describe("the simulator of AWS accounts", () => {
  const { accounts, check, make, provider } = scratchAccounts();

  describe("knows the legal properties from the provider's own typings", () => {
    const rows: readonly [string, string, Props, readonly string[]][] = [
      [
        "a property that does not exist",
        role,
        { name: "a", assumeRolePolicy: service, pathh: "/" },
        ["pathh is not a property that the AWS provider knows here"],
      ],
      [
        "a nested one",
        "aws:codebuild/reportGroup:ReportGroup",
        { name: "ab", type: "TEST", exportConfig: { type: "NO_EXPORT", kind: 1 } },
        ["exportConfig.kind is not a property that the AWS provider knows here"],
      ],
      [
        "one that is missing",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        { repository: "a" },
        ["policy is required and missing"],
      ],
      [
        "a value of another kind",
        "aws:cloudwatch/logGroup:LogGroup",
        { retentionInDays: "365" },
        ['retentionInDays must be a number, not "365"'],
      ],
      [
        "two that exclude each other",
        role,
        { name: "a", namePrefix: "b", assumeRolePolicy: service },
        ["name conflicts with namePrefix: give only one of them"],
      ],
      ["a value that is not known yet", role, { name: unknownValue, assumeRolePolicy: unknownValue }, []],
    ];
    for (const [what, type, inputs, expected] of rows) {
      it(`says so of ${what}`, () => {
        assert.deepEqual(check(type, inputs), expected);
      });
    }

    it("refuses a resource type that nobody described", () => {
      assert.throws(
        () => make("aws:sqs/queue:Queue", {}),
        /The AWS simulator does not know the resource type aws:sqs\/queue:Queue/,
      );
    });

    it("writes documents out as text and names what has no name as the provider does", () => {
      const { inputs } = provider().check(
        role,
        urn(role),
        { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } },
        {},
        new Uint8Array([0xab, 0xcd, 0xef, 0x12]),
      );
      assert.deepEqual(inputs, {
        assumeRolePolicy: '{"Statement":[],"Version":"2012-10-17"}',
        name: "it-abcdef1",
      });
    });
  });

  it("answers late for new roles, and the provider asks again only where the real one does", () => {
    const one = provider();
    make(role, { name: "one", assumeRolePolicy: service }, one);
    const project = make(
      "aws:codebuild/project:Project",
      {
        name: "ab",
        serviceRole: `arn:aws:iam::${account}:role/one`,
        source: { type: "CODEPIPELINE" },
        artifacts: { type: "CODEPIPELINE" },
        environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "x" },
      },
      one,
    );
    assert.equal(project.id, `arn:aws:codebuild:eu-west-1:${account}:project/ab`);
    make(role, { name: "two", assumeRolePolicy: service }, one);
    make("aws:cloudwatch/eventRule:EventRule", { name: "r", scheduleExpression: "rate(1 day)" }, one);
    assert.throws(
      () =>
        make(
          "aws:cloudwatch/eventTarget:EventTarget",
          {
            rule: "r",
            targetId: "t",
            arn: `arn:aws:events:eu-west-1:${account}:event-bus/x`,
            roleArn: `arn:aws:iam::${account}:role/two`,
          },
          one,
        ),
      /cannot be assumed/,
    );
  });

  it("keeps the id behind a principal: shows it when the role is gone, and does not know the new one", () => {
    const one = provider();
    make(role, { name: "caller", assumeRolePolicy: service }, one);
    const arn = `arn:aws:iam::${account}:role/caller`;
    const door = make(role, { name: "door", assumeRolePolicy: trust({ AWS: arn }) }, one);
    make(
      "aws:iam/rolePolicy:RolePolicy",
      {
        name: "a",
        role: "caller",
        policy: document({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/door` }),
      },
      one,
    );
    const enters = (): boolean => {
      const stored = accounts().get(account, role, "door");
      assert.ok(stored !== undefined);
      return isAllowed(accounts(), {
        role: arn,
        action: "sts:AssumeRole",
        resource: `arn:aws:iam::${account}:role/door`,
        resourcePolicy: policyOf(stored, "assumeRolePolicy"),
      });
    };
    assert.equal(enters(), true);
    one.remove("aws:iam/rolePolicy:RolePolicy", urn("aws:iam/rolePolicy:RolePolicy"), "caller:a");
    one.remove(role, urn(role), "caller");
    const former = (one.read(role, urn(role), door.id) ?? {})["assumeRolePolicy"];
    assert.match(text(former), /AROA[0-9A-F]{17}/);
    make(role, { name: "caller", assumeRolePolicy: service }, one);
    make(
      "aws:iam/rolePolicy:RolePolicy",
      {
        name: "a",
        role: "caller",
        policy: document({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/door` }),
      },
      one,
    );
    assert.equal(enters(), false);
  });

  describe("lets things go wrong on purpose", () => {
    const kinds: readonly [Fault["kind"], Partial<Fault>, RegExp | typeof NoAnswer | undefined, number][] = [
      ["fail", {}, /InternalFailure/, 0],
      [
        "deny",
        {},
        /AccessDenied: User: arn:aws:iam::111111111111:role\/slipway-platform is not authorized to perform: CreateRole/,
        0,
      ],
      ["throttle", { times: 25 }, undefined, 1],
      ["throttle", { times: 26 }, /ThrottlingException/, 0],
      ["fail-after", {}, /RequestTimeout/, 1],
      ["die-before", {}, NoAnswer, 0],
      ["die", {}, NoAnswer, 1],
      ["hang", {}, NoAnswer, 1],
    ];
    for (const [kind, more, expected, roles] of kinds) {
      it(`${kind} ${JSON.stringify(more)}: ${roles === 0 ? "nothing" : "the role"} is made, at the second call only`, () => {
        const one = provider([{ kind, at: 2, ...more }]);
        make(role, { name: "first", assumeRolePolicy: service }, one);
        const attempt = (): unknown => make(role, { name: "second", assumeRolePolicy: service }, one);
        if (expected === undefined) attempt();
        else assert.throws(attempt, expected);
        make(role, { name: "third", assumeRolePolicy: service }, one);
        assert.equal(accounts().list(account, role).length, 2 + roles);
      });
    }

    it("has recorded a call when it is killed in the middle of the change", () => {
      const logGroup = "aws:cloudwatch/logGroup:LogGroup";
      const killed = mock.method(Accounts.prototype, "put", () => {
        throw new Error("killed");
      });
      const recorded = mock.method(Accounts.prototype, "record", () => undefined);
      try {
        assert.throws(() => make(logGroup, { name: "one" }), /^Error: killed$/);
        assert.deepEqual(
          recorded.mock.calls.map(({ arguments: [call] }) => call),
          [{ operation: "create", type: logGroup, urn: urn(logGroup), id: "one", outcome: "done" }],
        );
      } finally {
        mock.restoreAll();
      }
      assert.equal(killed.mock.callCount(), 1);
    });
  });

  it("replaces and updates by property as the provider does, and sees default tags", () => {
    const one = provider([], { Owner: "me" });
    const made = make(role, { name: "one", path: "/a/", assumeRolePolicy: service, tags: { A: "1" } }, one);
    assert.deepEqual(made.props["tagsAll"], { Owner: "me", A: "1" });
    const diff = (news: Props): Value => {
      const inputs = { name: "one", path: "/a/", assumeRolePolicy: service, tags: { A: "1" } };
      const { changed, replaces, deleteBeforeReplace } = one.diff(
        role,
        "one",
        { ...inputs, ...news },
        made.props,
        inputs,
      );
      return [[...changed], [...replaces], deleteBeforeReplace];
    };
    assert.deepEqual(diff({}), [[], [], false]);
    assert.deepEqual(diff({ assumeRolePolicy: JSON.stringify(JSON.parse(service), null, 2) }), [
      [],
      [],
      false,
    ]);
    assert.deepEqual(diff({ description: "x" }), [["description"], [], false]);
    assert.deepEqual(diff({ tags: { A: "2" } }), [["tags"], [], false]);
    assert.deepEqual(diff({ path: "/b/" }), [["path"], ["path"], true]);
    assert.deepEqual(diff({ name: "two" }), [["name"], ["name"], false]);
  });
});
