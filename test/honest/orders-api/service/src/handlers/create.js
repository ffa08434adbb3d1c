import { order } from "../order.js";

export async function handler(event) {
  const { success, data } = order.safeParse(JSON.parse(event.body ?? "null"));
  if (!success) return { statusCode: 400, body: "This is no order." };
  return { statusCode: 201, body: JSON.stringify({ id: crypto.randomUUID(), ...data }) };
}
