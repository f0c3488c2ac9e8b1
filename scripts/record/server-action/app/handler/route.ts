/** It acts, whoever asks. */
export function POST(): Response {
  return Response.json({ acted: true });
}
