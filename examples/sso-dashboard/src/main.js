import { readFileSync } from "node:fs";
import { publicKeys } from "./identity.js";
import { dashboardServer } from "./server.js";

const missing = ["APPLICATIONS_FILE", "AWS_REGION", "LOAD_BALANCER_ARN"].filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`These environment variables are missing: ${missing.join(", ")}`);
  process.exit(2);
}

const server = dashboardServer({
  applications: JSON.parse(readFileSync(process.env.APPLICATIONS_FILE, "utf8")),
  trust: { loadBalancer: process.env.LOAD_BALANCER_ARN, publicKey: publicKeys(process.env.AWS_REGION) },
});
server.listen(Number(process.env.PORT ?? 8080), () => console.log("listening"));
process.on("SIGTERM", () => server.close());
