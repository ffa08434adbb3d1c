// The image has no shell and no curl: Node itself asks whether the server answers.
const response = await fetch(`http://127.0.0.1:${process.env.PORT ?? 8080}/healthz`, {
  signal: AbortSignal.timeout(2000),
});
process.exit(response.ok ? 0 : 1);
