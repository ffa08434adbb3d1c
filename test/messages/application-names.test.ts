import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { edited, named, platform, problemsHere, problemsOf, shop, test } from "../support/application-files";
import type { Platform } from "../../settings/settings";
import { dev, prod } from "../support/platform";
import { inFolder } from "../support/settings";

describe("application files: several of them", () => {
  const overlap = (name: string, suffix: string): string =>
    [
      `applications/${name}.yaml:1:7: name: "${name}" reads like ${suffix} of the application "shop".`,
      `  What is called shop-${suffix}… belongs to shop, so grants of the two would overlap.`,
      "  Rename one of the two applications.",
    ].join("\n");

  for (const [name, suffix] of [
    ["shop-dev", "dev"],
    ["shop-dev-api", "dev"],
    ["shop-main", "main"],
    ["shop-task", "task"],
    ["shop-task-execution", "task"],
    ["shop-deploy-x", "deploy"],
    ["shop-approver", "approver"],
    ["shop-starter", "starter"],
  ] as const) {
    it(`refuse ${name} beside shop, whichever of the two is read first`, () => {
      const files = { "applications/shop.yaml": shop, [`applications/${name}.yaml`]: named(name) };
      assert.equal(problemsOf(files), overlap(name, suffix));
    });
  }

  it("refuse names that only an environment of several words brings together", () => {
    const files = { "applications/shop.yaml": shop, "applications/shop-web.yaml": named("shop-web") };
    const environments = [dev, { ...test, name: "web-task" }, prod];
    assert.equal(
      inFolder(files, () => problemsHere({ ...platform, environments })),
      [
        'applications/shop-web.yaml:1:7: name: "shop-web" and "shop" would both own names that begin with shop-web-task-',
        "  Rename one of the two applications, so that their grants do not overlap.",
      ].join("\n"),
    );
  });

  for (const name of ["shop-api", "shop-develop", "shopdev", "dev", "shop-tasks"]) {
    it(`accept ${name} beside shop`, () => {
      assert.equal(
        problemsOf({ "applications/shop.yaml": shop, [`applications/${name}.yaml`]: named(name) }),
        "",
      );
    });
  }

  it("refuse one name in two files", () => {
    assert.equal(
      problemsOf({ "applications/shop.yaml": shop, "applications/store.yaml": shop }),
      [
        'applications/store.yaml:1:7: name: "shop" is not the file\'s name, "store".',
        "  Rename the file to shop.yaml, or the application to store.",
        "",
        'applications/store.yaml:1:7: name: another application is called "shop" already.',
        "  Give each application a name of its own.",
      ].join("\n"),
    );
  });

  it("refuse two applications whose pipelines would have one name", () => {
    const files = {
      "applications/shop.yaml": edited(["- name: main", "- name: web-main"]),
      "applications/shop-web.yaml": named("shop-web"),
    };
    assert.equal(
      problemsOf(files),
      [
        'applications/shop.yaml:15:11: The pipeline "shop-web-main" would belong to shop and to shop-web.',
        "  Rename one of the two tracks or applications.",
      ].join("\n"),
    );
  });

  it("say all faults of all files at once, in the order of the files and their lines", () => {
    const files = {
      "applications/b.yaml": named("b").replace("[prod]\n", "[nowhere]\n").replace("kind: ecs", "kind: esc"),
      "applications/a.yaml": named("a").replace("environments: [dev]", "environments: [nowhere]"),
    };
    const places = [...problemsOf(files).matchAll(/^\S+?:\d+/gm)].map(([place]) => place);
    assert.deepEqual(places, ["applications/a.yaml:17", "applications/b.yaml:10"]);
  });

  for (const name of ["default", "kube-system", "kube", "slipway", "slipway-tools"]) {
    it(`refuse the name ${name}, which belongs to the cluster or the platform`, () => {
      assert.equal(
        problemsOf({ [`applications/${name}.yaml`]: named(name) }),
        [
          `applications/${name}.yaml:1:7: name: "${name}" is reserved.`,
          "  Not allowed: default, kube, slipway and names that begin with kube- or slipway-.",
        ].join("\n"),
      );
    });
  }
});

describe("application files: roles of the platform", () => {
  function problemsBeside(changes: Partial<Platform>): string {
    return inFolder({ "applications/shop.yaml": shop }, () => problemsHere({ ...platform, ...changes }));
  }

  for (const role of ["shop", "Shop-Deploy", "shop-dev-admin", "shop-task"]) {
    it(`refuse an application that the role ${role} seems to belong to`, () => {
      assert.equal(
        problemsBeside({ platformRole: role }),
        `applications/shop.yaml:1:7: name: the role "${role}" (slipway:platformRole) is called as if it belonged to "shop".\n  Rename the application or the role.`,
      );
    });
  }

  it("include those of clusters' nodes", () => {
    const eks = { cluster: "c", nodeRole: "shop-prod" };
    assert.equal(
      problemsBeside({ environments: [{ ...dev, eks }, test, prod] }),
      'applications/shop.yaml:1:7: name: the role "shop-prod" (eks.nodeRole of dev) is called as if it belonged to "shop".\n  Rename the application or the role.',
    );
  });

  it("may begin with an application's name otherwise", () => {
    assert.equal(problemsBeside({ platformRole: "shop-platform", breakGlassRole: "shopping" }), "");
  });
});
