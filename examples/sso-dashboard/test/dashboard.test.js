import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { page, tilesFor } from "../src/dashboard.js";
import { identify, publicKeys } from "../src/identity.js";
import { dashboardServer } from "../src/server.js";

const loadBalancer =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/sso/0123456789abcdef";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const pem = publicKey.export({ type: "spki", format: "pem" });
const trust = { loadBalancer, publicKey: async () => pem };
const kid = "01234567-89ab-cdef-0123-456789abcdef";
const expires = Math.floor(Date.now() / 1000) + 60;

/** A token as the load balancer makes it. */
function token({ header = {}, claims = {}, key = privateKey } = {}) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64");
  const signed = `${encode({ alg: "ES256", kid, signer: loadBalancer, exp: expires, ...header })}.${encode({
    name: "Ada",
    groups: ["staff"],
    ...claims,
  })}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }).toString("base64")}`;
}

describe("A request", () => {
  it("is from whom the load balancer says", async () => {
    assert.deepEqual(await identify(token(), trust), { name: "Ada", groups: ["staff"] });
  });

  it("may carry its groups as one string", async () => {
    const { groups } = await identify(token({ claims: { groups: "staff, admins" } }), trust);
    assert.deepEqual(groups, ["staff", "admins"]);
  });

  const stranger = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  for (const [what, value, message] of [
    ["without a token", undefined, "there is no token"],
    ["with half a token", "a.b", "there is no token"],
    ["with an unreadable token", "!.!.!", "the token cannot be read"],
    ["without a signature", token({ header: { alg: "none" } }), "the token is not signed with ES256"],
    [
      "through another load balancer",
      token({ header: { signer: "arn:other" } }),
      "the token is signed by another load balancer",
    ],
    ["with a path for a key", token({ header: { kid: "../evil" } }), "the token names no signing key"],
    ["with a forged signature", token({ key: stranger }), "the signature is wrong"],
    ["with an old token", token({ header: { exp: expires - 3600 } }), "the token has expired"],
    ["with a token without an end", token({ header: { exp: undefined } }), "the token has expired"],
  ]) {
    it(`${what} is refused`, async () => {
      await assert.rejects(identify(value, trust), { message });
    });
  }

  it("asks for a signing key once", async () => {
    const asked = [];
    const keys = publicKeys("eu-central-1", async (url) => asked.push(url) && pem);
    await keys(kid);
    assert.equal(await keys(kid), pem);
    assert.deepEqual(asked, [`https://public-keys.auth.elb.eu-central-1.amazonaws.com/${kid}`]);
  });
});

describe("The dashboard", () => {
  const applications = [
    { name: "Wiki", url: "https://wiki.example.com/", groups: ["staff", "guests"] },
    { name: "Payroll", url: "https://pay.example.com/", groups: ["hr"] },
  ];

  it("shows what one of the groups opens, and nothing else", () => {
    assert.deepEqual(tilesFor({ groups: ["staff"] }, applications), [applications[0]]);
    assert.deepEqual(tilesFor({ groups: [] }, applications), []);
  });

  it("escapes what comes from outside", () => {
    const html = page({ name: "<script>" }, [{ name: "a & b", url: 'https://x/"><script>' }]);
    assert.ok(!html.includes("<script>"));
    assert.match(html, /<h1>&lt;script&gt;<\/h1>/);
    assert.match(html, /a &amp; b/);
  });

  it("says so when nothing is open", () => {
    assert.match(page({ name: "Ada" }, []), /No application is open to your groups\./);
  });

  describe("over HTTP", () => {
    const log = [];
    const server = dashboardServer({ applications, trust, log: (line) => log.push(line) });
    const get = (path, options) => fetch(`http://127.0.0.1:${server.address().port}${path}`, options);

    before(() => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)));
    after(() => server.close());

    it("answers its health check without a sign-in", async () => {
      const response = await get("/healthz");
      assert.deepEqual([response.status, await response.text()], [200, "ok\n"]);
    });

    it("shows a person's applications", async () => {
      const response = await get("/", { headers: { "x-amzn-oidc-data": token() } });
      const html = await response.text();
      assert.equal(response.status, 200);
      assert.ok(html.includes("https://wiki.example.com/") && !html.includes("Payroll"));
      assert.match(response.headers.get("content-security-policy"), /^default-src 'none'/);
    });

    it("refuses everybody else, and tells them no reason", async () => {
      const response = await get("/", { headers: { "x-amzn-oidc-data": "forged" } });
      assert.deepEqual([response.status, await response.text()], [401, "Please sign in.\n"]);
      assert.deepEqual(log, ["refused a request: there is no token"]);
    });

    it("knows nothing else", async () => {
      assert.equal((await get("/admin")).status, 404);
      assert.equal((await get("/", { method: "POST" })).status, 405);
    });
  });
});
