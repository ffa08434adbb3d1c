import { conditionCases, testCases, type ConditionRow } from "./cases";

const strings: readonly ConditionRow[] = [
  ["StringEquals holds for the same text", "StringEquals", "red", "red", "yes"],
  ["StringEquals is case-sensitive", "StringEquals", "red", "Red", "no"],
  ["StringEquals takes no part of a text", "StringEquals", "red", "reddish", "no"],
  ["StringEquals has no wildcard *", "StringEquals", "r*", "red", "no"],
  ["StringEquals has no wildcard ?", "StringEquals", "r?d", "red", "no"],
  ["StringEquals compares a * with a *", "StringEquals", "r*", "r*", "yes"],
  ["StringNotEquals is its negation: not for the same text", "StringNotEquals", "red", "red", "no"],
  ["StringNotEquals holds for another text", "StringNotEquals", "red", "blue", "yes"],
  ["StringNotEquals is case-sensitive too", "StringNotEquals", "red", "Red", "yes"],
  ["StringEqualsIgnoreCase ignores case", "StringEqualsIgnoreCase", "rEd", "ReD", "yes"],
  ["StringEqualsIgnoreCase tells texts apart", "StringEqualsIgnoreCase", "red", "blue", "no"],
  ["StringNotEqualsIgnoreCase ignores case", "StringNotEqualsIgnoreCase", "rEd", "ReD", "no"],
  ["StringNotEqualsIgnoreCase holds for another text", "StringNotEqualsIgnoreCase", "red", "blue", "yes"],
  ["StringLike has * for many characters", "StringLike", "home/*/x", "home/a/b/x", "yes"],
  ["StringLike has * for no character", "StringLike", "home/*", "home/", "yes"],
  ["StringLike has ? for one character", "StringLike", "t?.micro", "t2.micro", "yes"],
  ["StringLike has ? for exactly one character", "StringLike", "t?.micro", "t.micro", "no"],
  ["StringLike takes a dot as a dot", "StringLike", "t2.*", "t2xlarge", "no"],
  ["StringLike needs wildcards for a part of a text", "StringLike", "home", "home/alice", "no"],
  ["StringLike is case-sensitive", "StringLike", "home/*", "Home/alice", "no"],
  ["StringLike of an empty text holds for an empty one", "StringLike", "", "", "yes"],
  ["StringNotLike is the negation of StringLike", "StringNotLike", "home/*", "home/alice", "no"],
  ["StringNotLike holds where StringLike does not", "StringNotLike", "home/*", "work/alice", "yes"],
];

const numbers: readonly ConditionRow[] = [
  ["NumericEquals holds for the same number", "NumericEquals", "10", "10", "yes"],
  ["NumericEquals compares numbers, not texts", "NumericEquals", "10", "10.0", "yes"],
  ["NumericEquals takes a number that is written as one", "NumericEquals", 10, "10", "yes"],
  ["NumericEquals does not hold for another number", "NumericEquals", "10", "11", "no"],
  ["NumericNotEquals holds for another number", "NumericNotEquals", "10", "11", "yes"],
  ["NumericNotEquals does not hold for the same", "NumericNotEquals", "10", "10", "no"],
  ["NumericLessThan holds below", "NumericLessThan", "10", "9", "yes"],
  ["NumericLessThan does not hold for the same", "NumericLessThan", "10", "10", "no"],
  ["NumericLessThan compares 9 and 10 as numbers", "NumericLessThan", "9", "10", "no"],
  ["NumericLessThanEquals holds for the same", "NumericLessThanEquals", "10", "10", "yes"],
  ["NumericLessThanEquals does not hold above", "NumericLessThanEquals", "10", "11", "no"],
  ["NumericGreaterThan holds above", "NumericGreaterThan", "10", "10.5", "yes"],
  ["NumericGreaterThan does not hold for the same", "NumericGreaterThan", "10", "10", "no"],
  ["NumericGreaterThanEquals holds for the same", "NumericGreaterThanEquals", "10", "10", "yes"],
  ["NumericGreaterThanEquals does not hold below", "NumericGreaterThanEquals", "10", "9", "no"],
  ["What a numeric operator makes of a word is not stated", "NumericEquals", "ten", "10", "unknown"],
];

const noon = "2026-01-01T12:00:00Z";
const dates: readonly ConditionRow[] = [
  ["DateEquals holds for the same time", "DateEquals", noon, noon, "yes"],
  ["DateEquals compares times, not texts", "DateEquals", noon, "2026-01-01T13:00:00+01:00", "yes"],
  ["DateEquals takes seconds since 1970", "DateEquals", "1767268800", noon, "yes"],
  ["DateNotEquals holds for another time", "DateNotEquals", noon, "2026-01-01T12:00:01Z", "yes"],
  ["DateNotEquals does not hold for the same", "DateNotEquals", noon, noon, "no"],
  ["DateLessThan holds before", "DateLessThan", noon, "2026-01-01T11:59:59Z", "yes"],
  ["DateLessThan does not hold at the time", "DateLessThan", noon, noon, "no"],
  ["DateLessThanEquals holds at the time", "DateLessThanEquals", noon, noon, "yes"],
  ["DateLessThanEquals does not hold after", "DateLessThanEquals", noon, "2026-01-02", "no"],
  ["DateGreaterThan holds after, and takes a day alone", "DateGreaterThan", "2026-01-01", noon, "yes"],
  ["DateGreaterThan does not hold at the time", "DateGreaterThan", noon, noon, "no"],
  ["DateGreaterThanEquals holds at the time", "DateGreaterThanEquals", noon, noon, "yes"],
  ["DateGreaterThanEquals does not hold before", "DateGreaterThanEquals", noon, "2025-12-31", "no"],
  ["A date has no wildcards", "DateEquals", "2026-*", noon, "unknown"],
];

const others: readonly ConditionRow[] = [
  ["Bool holds for the same", "Bool", "true", "true", "yes"],
  ["Bool does not hold for the other", "Bool", "true", "false", "no"],
  ["Bool takes a truth value that is written as one", "Bool", false, "false", "yes"],
  ["BinaryEquals holds for the same bytes", "BinaryEquals", "QmluYXJ5", "QmluYXJ5", "yes"],
  ["BinaryEquals does not hold for others", "BinaryEquals", "QmluYXJ5", "qmluYXJ5", "no"],
  ["IpAddress holds within the range", "IpAddress", "203.0.113.0/24", "203.0.113.255", "yes"],
  ["IpAddress does not hold beyond the range", "IpAddress", "203.0.113.0/24", "203.0.114.0", "no"],
  ["IpAddress without a prefix is one address", "IpAddress", "203.0.113.7", "203.0.113.7", "yes"],
  ["IpAddress without a prefix is no other", "IpAddress", "203.0.113.7", "203.0.113.8", "no"],
  ["IpAddress takes IPv6", "IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5678:0:0:0:9", "yes"],
  ["IpAddress keeps IPv6 ranges apart", "IpAddress", "2001:DB8:1234:5678::/64", "2001:db8::1", "no"],
  ["An IPv4 range holds no IPv6 address", "IpAddress", "0.0.0.0/0", "2001:db8::1", "no"],
  [
    "IpAddress takes ranges of both kinds together",
    "IpAddress",
    ["203.0.113.0/24", "2001:DB8::/32"],
    "2001:db8::1",
    "yes",
  ],
  ["NotIpAddress holds outside of the range", "NotIpAddress", "203.0.113.0/24", "198.51.100.1", "yes"],
  ["NotIpAddress does not hold within", "NotIpAddress", "203.0.113.0/24", "203.0.113.1", "no"],
  ["An operator that AWS does not have cannot be known", "StringResembles", "red", "red", "unknown"],
];

const topic = "arn:aws:sns:eu-west-1:111111111111:orders";
const overColons = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
const arns: readonly ConditionRow[] = [
  ["ArnEquals holds for the same ARN", "ArnEquals", topic, topic, "yes"],
  ["ArnEquals is case-sensitive", "ArnEquals", topic, topic.replace("orders", "Orders"), "no"],
  ["ArnEquals has wildcards as ArnLike has", "ArnEquals", "arn:aws:sns:*:111111111111:*", topic, "yes"],
  ["ArnLike has a wildcard within a part", "ArnLike", "arn:aws:sns:eu-*:111111111111:orders", topic, "yes"],
  ["ArnLike has ? within a part", "ArnLike", "arn:aws:sns:eu-west-?:111111111111:orders", topic, "yes"],
  [
    "ArnLike checks each part alone, so * matches no colon",
    "ArnLike",
    "arn:aws:someservice:*:111122223333:finance/*",
    overColons,
    "no",
  ],
  [
    "StringLike matches over colons where ArnLike does not",
    "StringLike",
    "arn:aws:someservice:*:111122223333:finance/*",
    overColons,
    "yes",
  ],
  ["ArnNotEquals holds for another ARN", "ArnNotEquals", topic, `${topic}-2`, "yes"],
  ["ArnNotEquals does not hold for the same", "ArnNotEquals", topic, topic, "no"],
  ["ArnNotLike does not hold where ArnLike does", "ArnNotLike", "arn:aws:sns:*:*:orders", topic, "no"],
  ["ArnNotLike holds where ArnLike does not", "ArnNotLike", "arn:aws:sns:*:*:invoices", topic, "yes"],
];

describe("evaluator: condition operators", () => {
  testCases(conditionCases("operators", [...strings, ...numbers, ...dates, ...others, ...arns]));
});
