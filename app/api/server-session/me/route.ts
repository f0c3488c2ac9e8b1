import { serve } from "@/lib/server/process/serve.ts";

/** The one address that is asked with each page. Its path has no parameter, which Next.js would compile anew each time. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve();
