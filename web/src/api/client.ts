import { ApiError, parseApiError } from './api-error.ts'

/** Where the native interface lives, on the origin that served the application. */
export const API_ROOT = '/api/v1'

export type QueryValue = string | number | boolean | undefined | null
export type Query = Readonly<Record<string, QueryValue | readonly string[]>>

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Sent as JSON, unless it is a form or a file. */
  readonly body?: unknown
  readonly query?: Query
  readonly signal?: AbortSignal
  /** What to do when the session has ended: `ask` (default) shows the sign-in dialog and tries again. */
  readonly onSignedOut?: 'ask' | 'fail'
}

let askToSignIn: (() => Promise<void>) | undefined

/** Names the function that resolves once the same person has signed in again. */
export function onSessionEnd(ask: () => Promise<void>): void {
  askToSignIn = ask
}

/** Appends a query; `:` and `,` stay readable, absent values are left out, lists repeat the name. */
export function withQuery(path: string, query: Query | undefined): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(query ?? {})) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) {
      if (one === undefined || one === null || one === '') continue
      parts.push(`${encodeQueryPart(name)}=${encodeQueryPart(String(one))}`)
    }
  }
  if (parts.length === 0) return path
  return `${path}${path.includes('?') ? '&' : '?'}${parts.join('&')}`
}

function encodeQueryPart(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',')
}

/**
 * Calls the native interface.
 *
 * @param path below `/api/v1`, or an absolute path as found in descriptions of records
 * @throws ApiError for every answer that is not 2xx, and with kind `unreachable` when none came
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options)
  if (response.status === 401 && options.onSignedOut !== 'fail' && askToSignIn !== undefined) {
    await askToSignIn()
    return readAnswer<T>(await send(path, options))
  }
  return readAnswer<T>(response)
}

/**
 * Calls the native interface for an answer that is no JSON: a file, or a stream that is read as it comes.
 *
 * @throws ApiError as `request` does
 */
export async function requestStream(path: string, options: RequestOptions = {}): Promise<Response> {
  const first = await send(path, options)
  const isSignedOut = first.status === 401 && options.onSignedOut !== 'fail' && askToSignIn !== undefined
  if (isSignedOut) await askToSignIn?.()
  const response = isSignedOut ? await send(path, options) : first
  if (!response.ok) await readAnswer<never>(response)
  return response
}

function isRaw(body: unknown): body is FormData | Blob {
  return body instanceof FormData || body instanceof Blob
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const url = withQuery(path.startsWith('/api/') ? path : `${API_ROOT}${path}`, options.query)
  const headers: Record<string, string> = { Accept: 'application/json' }
  const init: RequestInit = { method: options.method ?? 'GET', headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (isRaw(options.body)) {
    init.body = options.body
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(options.body)
  }
  try {
    return await fetch(url, init)
  } catch (error) {
    if (options.signal?.aborted) throw error
    const message = 'No answer from the server. The network or the server may be down.'
    throw new ApiError({ kind: 'unreachable', status: 0, message })
  }
}

async function readAnswer<T>(response: Response): Promise<T> {
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const body: unknown = isJson ? await response.json() : undefined
  if (!response.ok) throw parseApiError(response.status, body)
  // The shape is the contract of the same release's server; there is no second version to guard against.
  return body as T
}
