/** The longest name that is greeted, in characters. */
const longestName = 80;

/**
 * GET /hello and GET /hello?name=Ada, as API Gateway's HTTP API sends it (payload format 2.0):
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export async function handler(event) {
  const name = (event.queryStringParameters?.name ?? "world").trim();
  if (name === "" || name.length > longestName) {
    return answer(400, { error: `name must have 1 to ${longestName} characters` });
  }
  return answer(200, { message: `Hello, ${name}!`, environment: process.env.ENVIRONMENT ?? "local" });
}

function answer(statusCode, body) {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}
