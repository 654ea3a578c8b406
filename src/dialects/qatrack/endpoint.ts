import type { FastifyRequest } from 'fastify'
import type { Presenting, WireResource } from './resources/wire-resource.ts'

export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request whose caller may make it. */
export type Exchange = Presenting & {
  readonly request: FastifyRequest
  readonly parameters: URLSearchParams
  /** the last part of the path, without a suffix such as `.json`; empty on lists */
  readonly id: string
}

/** An answer before it is written; without a body there is none. */
export type Answered = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type Handler = (exchange: Exchange) => Promise<Answered>

/** A field that may be written, or is shown with those that may: for `OPTIONS`, the schema and the page's forms. */
export type WriteField = {
  readonly name: string
  readonly type: 'string' | 'integer' | 'boolean' | 'datetime' | 'list' | 'nested object' | 'field'
  readonly label: string
  readonly required: boolean
  readonly readOnly?: boolean
  readonly maxLength?: number
  readonly help?: string
  /** what the page's form begins with */
  readonly example?: unknown
}

/** One address of the API: where it stands, who may ask, what answers. */
export type Endpoint = {
  /** below `/api/`, written with `qa`; `:id` stands for one object */
  readonly path: string
  readonly title: string
  readonly description: string
  readonly kind: 'root' | 'list' | 'detail' | 'call'
  /** the permission that a method needs; `open` takes anonymous callers, but no bad credential */
  readonly permission: (method: Method) => string | 'open'
  readonly handlers: Readonly<Partial<Record<Lowercase<'GET' | WriteMethod>, Handler>>>
  /** HEAD and OPTIONS, which follow from the others unless the documented system refuses them */
  readonly following: 'head-and-options' | 'options' | 'none'
  /** counts against a share of the limit on requests besides the whole */
  readonly throttle?: 'sessions'
  readonly resource?: WireResource
  readonly writes?: readonly WriteField[]
}

/** What answers a method; HEAD is answered as GET. */
export function handlerOf({ handlers }: Endpoint, method: Method): Handler | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return handlers.get
    case 'POST':
      return handlers.post
    case 'PUT':
      return handlers.put
    case 'PATCH':
      return handlers.patch
    case 'DELETE':
      return handlers.delete
    case 'OPTIONS':
      return undefined
  }
}

/** The methods of an endpoint in the order in which `Allow` names them. */
export function offeredMethods(endpoint: Endpoint): readonly Method[] {
  const order: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const own = order.filter((method) => handlerOf(endpoint, method) !== undefined)
  if (endpoint.following === 'none') return own
  return endpoint.following === 'head-and-options' && own.includes('GET')
    ? [...own, 'HEAD', 'OPTIONS']
    : [...own, 'OPTIONS']
}
