/** A problem of one input; `field` is a dotted path into what was sent. */
export interface FieldProblem {
  readonly field: string
  readonly problem: string
}

export interface ApiErrorParts {
  /** The server's word for what went wrong; `unreachable` when no answer came at all. */
  readonly kind: string
  readonly status: number
  readonly message: string
  readonly problems?: readonly FieldProblem[]
  readonly requestId?: string
  /** The record as stored, when a change was refused because somebody else changed it first. */
  readonly current?: Readonly<Record<string, unknown>>
}

/** Every refusal and failure of a request to the server. */
export class ApiError extends Error {
  readonly kind: string
  readonly status: number
  readonly problems: readonly FieldProblem[]
  readonly requestId: string | undefined
  readonly current: Readonly<Record<string, unknown>> | undefined

  constructor(parts: ApiErrorParts) {
    super(parts.message)
    this.name = 'ApiError'
    this.kind = parts.kind
    this.status = parts.status
    this.problems = parts.problems ?? []
    this.requestId = parts.requestId
    this.current = parts.current
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value.field === 'string' && typeof value.problem === 'string'
}

/** Reads the body of an answer that is not 2xx; whatever it is, the result can be shown. */
export function parseApiError(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body.error) ? body.error : undefined
  if (error === undefined) {
    const message = `The server answered with status ${status} and no explanation.`
    return new ApiError({ kind: status >= 500 ? 'defect' : 'refused', status, message })
  }
  return new ApiError({
    kind: typeof error.kind === 'string' ? error.kind : 'refused',
    status,
    message: typeof error.message === 'string' ? error.message : `Status ${status}.`,
    problems: Array.isArray(error.problems) ? error.problems.filter(isFieldProblem) : [],
    ...(typeof error.requestId === 'string' ? { requestId: error.requestId } : {}),
    ...(isRecord(error.current) ? { current: error.current } : {}),
  })
}
