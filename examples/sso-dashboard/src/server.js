import { createServer } from "node:http";
import { page, tilesFor } from "./dashboard.js";
import { identify } from "./identity.js";

const security = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** `applications`: a list of `{ name, url, groups }`; `trust`: what `identify` needs. */
export function dashboardServer({ applications, trust, log = console.error }) {
  return createServer(async (request, response) => {
    const answer = (status, type, body) =>
      response.writeHead(status, { ...security, "content-type": `${type}; charset=utf-8` }).end(body);
    const path = request.url.split("?")[0];
    if (request.method !== "GET") return answer(405, "text/plain", "Only GET is allowed.\n");
    if (path === "/healthz") return answer(200, "text/plain", "ok\n");
    if (path !== "/") return answer(404, "text/plain", "There is nothing here.\n");
    try {
      const person = await identify(request.headers["x-amzn-oidc-data"], trust);
      return answer(200, "text/html", page(person, tilesFor(person, applications)));
    } catch (error) {
      log(`refused a request: ${error.message}`);
      return answer(401, "text/plain", "Please sign in.\n");
    }
  });
}
