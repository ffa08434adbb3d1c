import type { Fault } from "../fault";

const credentials = (title: string): Fault["killedBy"] => ({
  file: "test/input/credentials.test.ts",
  title: `credentials are found ${title}`,
});
const problemText = (title: string): Fault["killedBy"] => ({
  file: "test/input/problem-text.test.ts",
  title: `problems as text ${title}`,
});
const place = (title: string): Fault["killedBy"] => ({
  file: "test/input/yaml-source.test.ts",
  title: `the place of ${title}`,
});

export const inputFaults: readonly Fault[] = [
  {
    name: "the key id of a session is no credential",
    file: "input/credentials.ts",
    find: "(?:AKIA|ASIA)",
    replace: "(?:AKIA)",
    killedBy: credentials("an AWS access key id: ASIAABCD…"),
  },
  {
    name: "the names of keys may hold credentials",
    file: "input/credentials.ts",
    find: "const kind = credentialIn(key);",
    replace: "const kind = credentialIn(String(item));",
    killedBy: credentials("at every depth, in keys too"),
  },
  {
    name: "a message shows the beginning of a credential that it cuts",
    file: "input/wording.ts",
    find: "hideCredentials(JSON.stringify(value));\n  return text.length <= longestQuotation ? text : `${text.slice(0, longestQuotation - 1)}…`;",
    replace:
      "JSON.stringify(value);\n  return hideCredentials(text.length <= longestQuotation ? text : `${text.slice(0, longestQuotation - 1)}…`);",
    killedBy: {
      file: "test/input/wording.test.ts",
      title: "a quotation shows nothing of a credential, also where it cuts one",
    },
  },
  {
    name: "a path shows the credential in the name of a key",
    file: "input/wording.ts",
    find: 'hideCredentials(path.map(stepText).join(""))',
    replace: 'path.map(stepText).join("")',
    killedBy: {
      file: "test/input/wording.test.ts",
      title: "a path is written as in JavaScript, on one line and without credentials",
    },
  },
  {
    name: "a message that begins like a place becomes one",
    file: "input/problem-text.ts",
    find: "message.startsWith(WITHOUT_PLACE) || placeIn(message) !== undefined",
    replace: "message.startsWith(WITHOUT_PLACE)",
    killedBy: problemText("show no place, and words like one"),
  },
  {
    name: "the column of a problem is lost on its way",
    file: "input/problem-text.ts",
    find: "column === undefined ? {} : { column: Number(column) }",
    replace: "column === undefined ? {} : { column: Number(line) }",
    killedBy: problemText("are read back as they were, whatever stands in them"),
  },
  {
    name: "a key that is not there is shown at another one's value",
    file: "input/yaml-source.ts",
    find: "key === undefined ? path : [...path, key]",
    replace: "key === undefined ? path : [key]",
    killedBy: place("a key"),
  },
  {
    name: "problems stand in the order of their digits",
    file: "input/problem.ts",
    find: "return (a.line ?? 0) - (b.line ?? 0) ||",
    replace: "return String(a.line ?? 0).localeCompare(String(b.line ?? 0)) ||",
    killedBy: {
      file: "test/input/problem.test.ts",
      title: "problems are sorted by file, line and column as numbers, those without a place first",
    },
  },
  {
    name: "bytes that are no text are read as question marks",
    file: "input/text-file.ts",
    find: "{ fatal: true }",
    replace: "{ fatal: false }",
    killedBy: {
      file: "test/messages/application-folder.test.ts",
      title:
        "application files: the folder holds files that are no text: a folder, links into nowhere and in a circle",
    },
  },
  {
    name: "a file of exactly the most bytes is refused",
    file: "input/text-file.ts",
    find: "status.size > most",
    replace: "status.size >= most",
    killedBy: {
      file: "test/input/text-file.test.ts",
      title:
        "a file or folder that cannot be read loses its byte order mark, and may have so many bytes and no more",
    },
  },
];
