import type { Fault } from "../fault";

const hears = (what: string): Fault["killedBy"] => ({
  file: "test/delivery/chat.test.ts",
  title: `what chat channels hear ${what}`,
});
const nobody = (how: string): Fault["killedBy"] => ({
  file: "test/access/chat-access.test.ts",
  title: `nobody approves from chat ${how}`,
});

export const chatFaults: readonly Fault[] = [
  {
    name: "the members of a chat channel may read everything",
    file: "iam/chat.ts",
    find: ":iam::aws:policy/AWSDenyAll`",
    replace: ":iam::aws:policy/ReadOnlyAccess`",
    killedBy: nobody(
      "under any other role that a member might bring along: the channel's guardrail denies everything",
    ),
  },
  {
    name: "the chat application of another account takes the role of the channels",
    file: "iam/chat.ts",
    find: '{ StringEquals: { "aws:SourceAccount": cicd.accountId } }',
    replace: "{}",
    killedBy: {
      file: "test/access/chat-access.test.ts",
      title: "the role of the chat channels is taken by the chat application for this account alone",
    },
  },
  {
    name: "a chat channel's role approves where it is given the right",
    file: "iam/guardrails/exceptions.ts",
    find: "      may: [approvers],",
    replace: '      may: [approvers, names.roleArn(platform.cicd, names.paths.chat, "*")],',
    killedBy: nobody(
      "even if the channel's role were given every right: the organization's guardrail keeps approving to approvers",
    ),
  },
  {
    name: "an administrator opens a chat channel of their own",
    file: "iam/guardrails/cicd.ts",
    find: 'actions: writesOf("chatbot")',
    replace: 'actions: writesOf("chatbot").filter((action) => !action.includes(":Create"))',
    killedBy: {
      file: "test/iam/guardrails/cicd.test.ts",
      title: "the guardrail of the CI/CD account refuses speaking in a chat channel of one's own to Admin",
    },
  },
  {
    name: "nobody hears of chat channels that others than the platform change",
    file: "delivery/events.ts",
    find: '          "aws.chatbot",\n',
    replace: "",
    killedBy: {
      file: "test/delivery/events.test.ts",
      title:
        "by AWS's table of actions, the event rules tell of every change in chatbot by anyone but the platform, users and root too",
    },
  },
  {
    name: "an application's channels hear of no approval",
    file: "delivery/chat.ts",
    find: "[...(asks ? [waiting] : []), ...ended]",
    replace: "ended",
    killedBy: hears(
      "is, in an application's channels, how its own pipelines end, and that they wait for an approval",
    ),
  },
  {
    name: "the platform's channels hear of approvals that no pipeline asks for",
    file: "delivery/chat.ts",
    find: "eventTypeIds: asks ? [waiting] : []",
    replace: "eventTypeIds: [waiting]",
    killedBy: hears("is, in the platform's channels for approvals, those of every application"),
  },
  {
    name: "two applications in one channel configure it twice",
    file: "delivery/chat.ts",
    find: "  return [...channels]\n",
    replace:
      "  return [...status, ...rules.flatMap((rule) => rule.channels)]\n    .map((channel) => [names.chatConfigurationName(channel), channel] as const)\n",
    killedBy: {
      file: "test/delivery/chat.test.ts",
      title: "the channels of an account are configured once, however many speak there",
    },
  },
  {
    name: "an application speaks where the platform has no workspace",
    file: "definitions/chat-rules.ts",
    find: "platform.chat?.[service] !== undefined",
    replace: "platform.chat !== undefined",
    killedBy: {
      file: "test/messages/application-chat.test.ts",
      title:
        "application files: channels that are not named rightly are said with place and remedy channels where the platform speaks in no workspace and no team",
    },
  },
  {
    name: "a direct message is a channel",
    file: "settings/chat-schema.ts",
    find: "/^[CG][A-Z0-9]{8,20}$/",
    replace: "/^[CDG][A-Z0-9]{8,20}$/",
    killedBy: {
      file: "test/messages/application-chat.test.ts",
      title:
        "application files: channels that are not named rightly are said with place and remedy the name of a channel, a direct message and an id in small letters, and a channel twice",
    },
  },
];
