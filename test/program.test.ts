import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readApplications } from "../definitions/read";
import { buildspecSize } from "../delivery/buildspec";
import { organizations } from "./support/generators";
import { filesOf, stackName } from "./support/organization-files";
import { inFolder, settingsOf } from "./support/settings";

describe("program: any organization that is written as it should be", () => {
  it("is read as what was written, in every stack, without a problem", async () => {
    await fc.assert(
      fc.asyncProperty(organizations(), async (organization) => {
        const files = filesOf(organization);
        for (const settings of organization.settings) {
          const read = await settingsOf(files, stackName(settings));
          assert.deepEqual(read, { problems: [], platform: organization.platform, settings });
        }
        assert.deepEqual(
          inFolder(files, () => readApplications("applications", organization.platform, buildspecSize)),
          { value: organization.applications },
        );
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
