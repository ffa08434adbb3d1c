import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { page } from "./page.js";

const services = JSON.parse(readFileSync(process.env.SERVICES_FILE, "utf8"));

createServer((request, response) =>
  response.end(request.url === "/healthz" ? "well" : page(services)),
).listen(8080);
