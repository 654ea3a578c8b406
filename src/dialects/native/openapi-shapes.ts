export type Schema = Readonly<Record<string, unknown>>

/** One endpoint that follows from no declaration, as the OpenAPI document describes it. */
export type Endpoint = {
  readonly summary: string
  /** fields of the JSON body; `?` behind a name marks one that may be left out */
  readonly body?: Readonly<Record<string, Schema>>
  readonly query?: Readonly<Record<string, string>>
  /** absent where the answer is 204 without a body */
  readonly answer?: Schema
  readonly status?: 200 | 201
  /** parts of a multipart form, instead of a JSON body */
  readonly form?: Readonly<Record<string, Schema>>
  /** media type of an answer that is a file */
  readonly file?: string
  /** `none` where nobody needs to be signed in */
  readonly credential?: 'none'
}

export const TEXT: Schema = { type: 'string' }
export const WHOLE: Schema = { type: 'integer' }
export const FLAG: Schema = { type: 'boolean' }
export const AT: Schema = { type: 'string', format: 'date-time' }
export const MAYBE_AT: Schema = { type: ['string', 'null'], format: 'date-time' }
export const MAYBE_TEXT: Schema = { type: ['string', 'null'] }
export const ANYTHING: Schema = {}

/** An object of these fields; `?` behind a name marks one that may be absent. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'))
  const named = Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema])
  return { type: 'object', required, properties: Object.fromEntries(named) }
}

/** `{items: […]}`, as every list answers. */
export function listOf(item: Schema): Schema {
  return object({ items: { type: 'array', items: item } })
}

/**
 * A wire type of our own API, such as `machine-qa.WorkList` for `WireWorkList`: `wire-schemas.json` is made from the
 * types themselves.
 */
export function wire(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}
