// A bare Pulumi program: makes each resource of one stack by the SDK's own classes, without components.
"use strict";

const fs = require("node:fs");
const aws = require("@pulumi/aws");

for (const { type, name, inputs } of JSON.parse(fs.readFileSync(process.env.FLOOR_RESOURCES, "utf8"))) {
  const [, area, className] = /^aws:([^/]+)\/[^:]+:(.+)$/.exec(type);
  new aws[area][className](name, inputs);
}
