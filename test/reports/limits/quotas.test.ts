import assert from "node:assert/strict";
import { UNREAD, type Quota } from "../../../reports/limits/quota";
import { quotas } from "../../../reports/limits/quotas";
import { limits as nameLimits } from "../../../names";
import { quotas as simulated } from "../../engine/aws-simulator/quotas";

const all: readonly (readonly [string, Quota])[] = Object.entries(quotas);

describe("the table of quotas", () => {
  it("has for each a page of AWS, a remedy in a sentence, and the day on which it was read or that it was not", () => {
    const wrong = all.filter(
      ([, { source, read, remedy, limit, name, unit }]) =>
        !/^https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html$/.test(source) ||
        !/^(?:2026-\d\d-\d\d)?$/.test(read) ||
        !/^[A-Z].*\.$/.test(remedy) ||
        !(Number.isInteger(limit) && limit > 0) ||
        name === "" ||
        unit === "",
    );
    assert.deepEqual(wrong, []);
  });

  it("has few that were not compared with AWS's page yet, and says which", () => {
    const unread = all.filter(([, { read }]) => read === UNREAD).map(([name]) => name);
    assert.deepEqual(unread, [
      "topics",
      "subscriptions",
      "filtersOfTopic",
      "filters",
      "topicPolicy",
      "services",
      "stacks",
    ]);
  });

  it("has no quota twice", () => {
    const names = all.map(([, { service, name }]) => `${service} ${name}`);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("says the same as the names and the simulator, which hold the platform to some of them", () => {
    assert.deepEqual(
      [quotas.roleName.limit, quotas.projectName.limit],
      [nameLimits.roleName, nameLimits.projectName],
    );
    const both = {
      trustPolicy: quotas.trustPolicy.limit,
      inlinePoliciesOfRole: quotas.inlinePolicies.limit,
      managedPolicy: quotas.managedPolicySize.limit,
      managedPoliciesOfRole: quotas.managedPoliciesOfRole.limit,
      rolesPerAccount: quotas.roles.limit,
      bucketPolicy: quotas.bucketPolicy.limit,
      keyPolicy: quotas.keyPolicy.limit,
      repositoryPolicy: quotas.repositoryPolicy.limit,
      topicPolicy: quotas.topicPolicy.limit,
      eventPattern: quotas.eventPattern.limit,
      rulesPerBus: quotas.rules.limit,
      targetsPerRule: quotas.targets.limit,
      notificationRules: quotas.notificationRules.limit,
      pipelinesPerRegion: quotas.pipelines.limit,
      actionsPerStage: quotas.actionsOfStage.limit,
      stagesPerPipeline: quotas.stages.limit,
      actionValue: quotas.actionValue.limit,
      projectsPerRegion: quotas.projects.limit,
      reportGroupsPerRegion: quotas.reportGroups.limit,
      connectionsPerAccount: quotas.connections.limit,
      serviceControlPolicy: quotas.controlPolicySize.limit,
      serviceControlPoliciesPerTarget: quotas.controlPolicies.limit,
    };
    assert.deepEqual({ ...simulated, ...both }, simulated);
  });
});
