import { z } from "zod";
import { refusal, refusalOf } from "../input/shape";
import { tagKeys } from "../names";
import { permissionSet } from "../settings/platform-schema";

/**
 * The shape of `people`. Attributes become conditions of a role's trust, which compares them with the tags of the session
 * that takes the role: https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html
 */

/** So that the longest still fit into IAM's 2,048 characters of a trust: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostAttributes = 3;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html; what is only spaces tells nobody apart. */
const tagText = (longest: number): RegExp =>
  new RegExp(`^(?!\\p{Z}+$)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,${longest}}$`, "u");
const key = tagText(128);
const characters = "letters, digits, spaces and _ . : / = + - @, not spaces alone";

const value = z.string().regex(tagText(256), {
  error: refusal("is not the value of an attribute.", `Allowed: ${characters}, 1 to 256 characters.`),
});

const record = z
  .record(z.string(), value)
  .superRefine((written, context) => {
    const keys = Object.keys(written);
    const refuse = (path: string[], message: string): void => {
      context.addIssue({ code: "custom", path, message });
    };
    if (keys.length === 0 || keys.length > mostAttributes) {
      refuse(
        [],
        `${keys.length} attributes are asked for.\nAllowed: 1 to ${mostAttributes}, all of which a member must have.`,
      );
    }
    keys.forEach((name, index) => {
      const fault = keyFault(name, keys.slice(0, index));
      if (fault !== undefined) refuse([name], refusalOf(name, ...fault));
    });
  })
  .meta({
    description:
      "Attributes for access control of IAM Identity Center that a member must have, all of them, by key.",
    minProperties: 1,
    maxProperties: mostAttributes,
  });

/** zod leaves a key of this name out without a word, and a condition that is left out lets more people in. */
const unreadableKey = "__proto__";

const attributes = z.preprocess((written, context) => {
  if (typeof written === "object" && written !== null && Object.hasOwn(written, unreadableKey)) {
    const fault = [
      "is not the key of an attribute.",
      "Use another key for the attribute in IAM Identity Center.",
    ] as const;
    context.addIssue({ code: "custom", path: [unreadableKey], message: refusalOf(unreadableKey, ...fault) });
  }
  return written;
}, record);

/** What is wrong with an attribute's key, then what is allowed. IAM does not tell keys apart by capitals. */
function keyFault(name: string, others: readonly string[]): [string, string] | undefined {
  const alike = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
  if (!key.test(name))
    return ["is not the key of an attribute.", `Allowed: ${characters}, 1 to 128 characters.`];
  if (name.toLowerCase().startsWith("aws:"))
    return ["is not the key of an attribute.", "Keys that begin with aws: are reserved by AWS."];
  if (Object.values(tagKeys).some(alike)) {
    return [
      "says whose a role of the platform is, so no session may bring it along.",
      "Use another key for the attribute in IAM Identity Center.",
    ];
  }
  return others.some(alike) ? ["is the same key as one before it.", "Remove one."] : undefined;
}

function members(who: string) {
  return z
    .strictObject({
      permissionSet: permissionSet
        .describe("IAM Identity Center permission set in place of the platform's.")
        .exactOptional(),
      attributes: attributes.exactOptional(),
    })
    .refine((written) => Object.keys(written).length > 0, {
      // A key of another name is a fault of its own.
      when: ({ issues }) => issues.length === 0,
      error: "Nothing says who they are.\nAllowed: permissionSet, attributes or both.",
    })
    .meta({ description: who, minProperties: 1 });
}

export const people = z
  .strictObject({
    approvers: members("Who may approve its releases.").exactOptional(),
    starters: members("Who may start its releases by hand.").exactOptional(),
    readers: members("Who may read its pipelines, builds, logs and reports.").exactOptional(),
  })
  .describe("Whose the application's roles for people are, where not the platform's permission sets decide.");
