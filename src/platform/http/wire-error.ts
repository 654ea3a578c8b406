/** A failure whose status and body a documented system fixes, such as a method that a resource does not offer. */
export class WireError extends Error {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`answers ${status}`)
    this.name = 'WireError'
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export function detail(text: string): { readonly detail: string } {
  return { detail: text }
}

export const NOT_FOUND = detail('Not found.')
export const NOT_AUTHENTICATED = detail('Authentication credentials were not provided.')
export const NOT_PERMITTED = detail('You do not have permission to perform this action.')

/** @throws WireError 400 if any field has a problem: every one of them is told at once */
export function refuseProblems(problems: Readonly<Record<string, readonly string[] | undefined>>): void {
  const found = Object.entries(problems).filter(([, texts]) => texts !== undefined && texts.length > 0)
  if (found.length > 0) throw new WireError(400, Object.fromEntries(found))
}
