import { createPublicKey, verify } from "node:crypto";

/**
 * Who a request is from, as the Application Load Balancer says after the sign-in: a JWT in `x-amzn-oidc-data`, signed
 * with ES256 by the load balancer. Its base64 is padded, unlike other JWTs'.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 *
 * `loadBalancer` is the ARN that must have signed; `publicKey(id)` fetches the PEM of a signing key; `now` is in
 * milliseconds. Answers `{ name, groups }`, or throws an Error that says what is wrong with the token.
 */
export async function identify(token, { loadBalancer, publicKey, now = Date.now() }) {
  const parts = (token ?? "").split(".");
  if (parts.length !== 3) throw new Error("there is no token");
  const header = decode(parts[0]);
  if (header.alg !== "ES256") throw new Error("the token is not signed with ES256");
  if (header.signer !== loadBalancer) throw new Error("the token is signed by another load balancer");
  if (!/^[0-9a-f-]{36}$/.test(header.kid)) throw new Error("the token names no signing key");
  const key = { key: createPublicKey(await publicKey(header.kid)), dsaEncoding: "ieee-p1363" };
  const signed = Buffer.from(`${parts[0]}.${parts[1]}`);
  if (!verify("sha256", signed, key, Buffer.from(parts[2], "base64")))
    throw new Error("the signature is wrong");
  if (!(header.exp * 1000 > now)) throw new Error("the token has expired");
  const claims = decode(parts[1]);
  return { name: claims.name ?? claims.email ?? claims.sub, groups: groupsOf(claims.groups) };
}

/** Fetches and remembers the load balancer's public keys. Its answers are small and never change. */
export function publicKeys(region, fetchText = download) {
  const known = new Map();
  return async (id) => {
    if (!known.has(id))
      known.set(id, await fetchText(`https://public-keys.auth.elb.${region}.amazonaws.com/${id}`));
    return known.get(id);
  };
}

function decode(part) {
  try {
    return JSON.parse(Buffer.from(part, "base64").toString("utf8"));
  } catch {
    throw new Error("the token cannot be read");
  }
}

/** Identity providers send groups as a list or as one string with commas. */
function groupsOf(claim) {
  if (Array.isArray(claim)) return claim;
  return typeof claim === "string" ? claim.split(",").map((group) => group.trim()) : [];
}

async function download(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`the signing key is not to be had: ${response.status}`);
  return response.text();
}
