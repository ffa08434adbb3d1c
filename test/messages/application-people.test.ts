import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  applicationsHere,
  platform,
  problemsHere,
  shop,
  testMessages,
  type FaultyFile,
} from "../support/application-files";
import { inFolder } from "../support/settings";

const characters = "letters, digits, spaces and _ . : / = + - @, not spaces alone";
const withPeople = (...lines: readonly string[]): string =>
  `${shop}people:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** What an application says of its people. */
const cases: readonly FaultyFile[] = [
  [
    "people of another name, and who are not said",
    withPeople("aprovers: { permissionSet: A }", "starters: {}", "readers: { group: A }"),
    '22:3: "aprovers" is not a known key of people.',
    "  Did you mean approvers?",
    "  Allowed: approvers, starters, readers.",
    "",
    "23:13: people.starters: Nothing says who they are.",
    "  Allowed: permissionSet, attributes or both.",
    "",
    '24:14: "group" is not a known key of people.readers.',
    "  Allowed: permissionSet, attributes.",
  ],
  [
    "the ARN of a permission set, and one with a blank",
    withPeople(
      "approvers: { permissionSet: arn:aws:sso:::permissionSet/ssoins-1/ps-1 }",
      "readers: { permissionSet: Shop Readers }",
    ),
    '22:31: people.approvers.permissionSet: "arn:aws:sso:::permissionSet/ssoins-1/ps-1" is not the name of a permission set.',
    "  Allowed: letters, digits and + = , . @ _ -, at most 32 characters.",
    "",
    '23:29: people.readers.permissionSet: "Shop Readers" is not the name of a permission set.',
    "  Allowed: letters, digits and + = , . @ _ -, at most 32 characters.",
  ],
  [
    "an attribute that is a number",
    withPeople("approvers: { attributes: { CostCenter: 1234 } }"),
    "22:42: people.approvers.attributes.CostCenter: 1234 is a number; text (in quotes where it looks like a number) is wanted.",
  ],
  [
    "attributes that no session can have, or that would be a pattern",
    withPeople(
      "approvers:",
      "  attributes:",
      '    Cost*: "1234"',
      '    aws:team: "1"',
      "starters: { attributes: { Team: 'a*' } }",
      "readers: { attributes: { Team: '${aws:username}', TEAM: ' ' } }",
    ),
    '24:14: people.approvers.attributes["Cost*"]: "Cost*" is not the key of an attribute.',
    `  Allowed: ${characters}, 1 to 128 characters.`,
    "",
    '25:17: people.approvers.attributes.aws:team: "aws:team" is not the key of an attribute.',
    "  Keys that begin with aws: are reserved by AWS.",
    "",
    '26:35: people.starters.attributes.Team: "a*" is not the value of an attribute.',
    `  Allowed: ${characters}, 1 to 256 characters.`,
    "",
    '27:34: people.readers.attributes.Team: "${aws:username}" is not the value of an attribute.',
    `  Allowed: ${characters}, 1 to 256 characters.`,
    "",
    '27:59: people.readers.attributes.TEAM: " " is not the value of an attribute.',
    `  Allowed: ${characters}, 1 to 256 characters.`,
    "",
    '27:59: people.readers.attributes.TEAM: "TEAM" is the same key as one before it.',
    "  Remove one.",
  ],
  [
    "tags by which the platform tells sessions apart, whatever their capitals",
    withPeople("approvers: { attributes: { application: bank, DeploymentKind: ecs } }"),
    '22:43: people.approvers.attributes.application: "application" says whose a role of the platform is, so no session may bring it along.',
    "  Use another key for the attribute in IAM Identity Center.",
    "",
    '22:65: people.approvers.attributes.DeploymentKind: "DeploymentKind" says whose a role of the platform is, so no session may bring it along.',
    "  Use another key for the attribute in IAM Identity Center.",
  ],
  [
    "an attribute whose name cannot be kept, so that nothing would ask for it",
    withPeople("approvers: { attributes: { __proto__: bank, Team: bank } }"),
    '22:41: people.approvers.attributes.__proto__: "__proto__" is not the key of an attribute.',
    "  Use another key for the attribute in IAM Identity Center.",
  ],
  [
    "no attribute, and too many",
    withPeople("approvers: { attributes: {} }", "readers: { attributes: { a: x, b: x, c: x, d: x } }"),
    "22:28: people.approvers.attributes: 0 attributes are asked for.",
    "  Allowed: 1 to 3, all of which a member must have.",
    "",
    "23:26: people.readers.attributes: 4 attributes are asked for.",
    "  Allowed: 1 to 3, all of which a member must have.",
  ],
];

describe("application files: people who are not named rightly are said with place and remedy", () => {
  testMessages(cases);

  const narrowed = withPeople('starters: { attributes: { CostCenter: "1234" } }');
  const { starterPermissionSet, ...people } = platform.people;

  it("starters of no permission set, where the platform names none", () => {
    assert.notEqual(starterPermissionSet, undefined);
    assert.equal(
      inFolder({ "applications/shop.yaml": narrowed }, () => problemsHere({ ...platform, people })),
      [
        "applications/shop.yaml:22:13: people.starters: attributes of the members of no permission set.",
        "  Add permissionSet here; or the platform team adds starterPermissionSet to slipway:people in Pulumi.yaml.",
      ].join("\n"),
    );
  });

  it("but not where the platform names one, or the application does", () => {
    const own = withPeople('starters: { permissionSet: A, attributes: { CostCenter: "1234" } }');
    assert.equal(
      inFolder({ "applications/shop.yaml": narrowed }, () => problemsHere(platform)),
      "",
    );
    assert.equal(
      inFolder({ "applications/shop.yaml": own }, () => problemsHere({ ...platform, people })),
      "",
    );
  });

  it("and what is said rightly is read as it is written", () => {
    const [application] = inFolder(
      {
        "applications/shop.yaml": withPeople(
          'approvers: { permissionSet: Shop, attributes: { CostCenter: "1234" } }',
        ),
      },
      applicationsHere,
    );
    assert.deepEqual(application?.people, {
      approvers: { permissionSet: "Shop", attributes: { CostCenter: "1234" } },
    });
  });
});
