const OWNED =
  /^\/(api\/(auth|attachments|comments|contenttypes|faults|parts|qa|qc|servicelog|units|get-token|schema)(\/|\.|$)|api\/?$|media\/uploads\/|(qa|qc)(\/|$)|admin\/authtoken\/)/

/** Its own paths, and every other below `/api/` that is not of a numbered API. */
export function ownsQatrack(path: string): boolean {
  return OWNED.test(path) || (path.startsWith('/api/') && !path.startsWith('/api/v'))
}
