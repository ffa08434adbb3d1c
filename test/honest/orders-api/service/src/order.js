import { z } from "zod";

export const order = z.object({ customer: z.string().min(1), items: z.array(z.string()).min(1) });
