import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cronFault, isTimeZone } from "../../settings/schedule";

describe("cron expressions of deployment windows", () => {
  for (const cron of [
    "* * 8-16 ? * MON-FRI",
    "* * * * * ?",
    "* 0/15 9,12-14 1W * ? 2026",
    "* * 22 L-3 JAN,mar ?",
    "* * 22 LW * ?",
    "* */5 * ? 2-11/3 6L 2026-2030",
    "* * * ? * 2#1",
    "* * * ? * SUN",
    "  *  *  *  ?  *  *  ",
  ]) {
    it(`accept ${cron}`, () => {
      assert.equal(cronFault(cron), undefined);
    });
  }

  const refused: readonly [cron: string, fault: string][] = [
    [
      "0 9 * * MON",
      "has 5 fields; wanted are seconds, minutes, hours, day of month, month, day of week and, if need be, the year.",
    ],
    ["0 * * ? * *", 'begins with "0"; the first field, seconds, must be *.'],
    ["* 60 * ? * *", 'has "60" as minutes; allowed are 0 to 59, and forms such as *, a-b, a,b or a/b.'],
    ["* * 9-24 ? * *", 'has "9-24" as hours; allowed are 0 to 23, and forms such as *, a-b, a,b or a/b.'],
    [
      "* * * ? * MON-FRY",
      'has "MON-FRY" as day of week; allowed are 1 to 7 or SUN to SAT, and forms such as *, a-b, a,b or a/b.',
    ],
    [
      "* * * ? JANUARY *",
      'has "JANUARY" as month; allowed are 1 to 12 or JAN to DEC, and forms such as *, a-b, a,b or a/b.',
    ],
    ["* 0/0 * ? * *", 'has "0/0" as minutes; allowed are 0 to 59, and forms such as *, a-b, a,b or a/b.'],
    [
      "* * * 1 * MON",
      "must say ? for exactly one of day of month (the fourth field) and day of week (the sixth).",
    ],
    [
      "* * * ? * ?",
      "must say ? for exactly one of day of month (the fourth field) and day of week (the sixth).",
    ],
    [
      "* * * ? * * 2200",
      'has "2200" as year; allowed are 1970 to 2199, and forms such as *, a-b, a,b or a/b.',
    ],
  ];
  for (const [cron, fault] of refused) {
    it(`refuse ${cron}`, () => {
      assert.equal(cronFault(cron), fault);
    });
  }
});

describe("time zones", () => {
  it("are those of the IANA database", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
      assert.ok(isTimeZone(zone), zone);
    for (const zone of ["", "Berlin", "Europe/Berln", "+01:00", "europe/berlin"])
      assert.ok(!isTimeZone(zone), zone);
  });
});
