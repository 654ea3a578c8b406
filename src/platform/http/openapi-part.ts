type Schema = Readonly<Record<string, unknown>>

/** What one documented API says of itself in OpenAPI 3.0.3; component names and operation ids carry no prefix. */
export type OpenApiPart = {
  /** the name that `?api=` asks for */
  readonly api: string
  readonly title: string
  readonly version: string
  readonly paths: Readonly<Record<string, Schema>>
  readonly schemas: Schema
  readonly securitySchemes: Readonly<Record<string, Schema>>
}

/**
 * One document of several APIs that answer on one host. An operation that two of them answer takes the body of either.
 *
 * @param root what stands before every path
 */
export function openApiOf(title: string, parts: readonly OpenApiPart[], root: string): Schema {
  return {
    openapi: '3.0.3',
    info: { title, version: parts.map(({ version }) => version)[0] ?? '' },
    servers: [{ url: root }],
    paths: mergedPaths(parts),
    components: {
      schemas: Object.assign({}, ...parts.map(({ schemas }) => schemas)),
      securitySchemes: Object.assign({}, ...parts.map(({ securitySchemes }) => securitySchemes)),
    },
    security: [...new Set(parts.flatMap((part) => Object.keys(part.securitySchemes)))].map((name) => ({
      [name]: [],
    })),
  }
}

function mergedPaths(parts: readonly OpenApiPart[]): Readonly<Record<string, Schema>> {
  const merged: Record<string, Record<string, unknown>> = {}
  for (const [path, item] of parts.flatMap(({ paths }) => Object.entries(paths))) {
    const known = merged[path] ?? {}
    for (const [method, operation] of Object.entries(item)) {
      const other = known[method]
      known[method] = other === undefined ? operation : eitherOf(asObject(other), asObject(operation))
    }
    merged[path] = known
  }
  return merged
}

function eitherOf(one: Schema, other: Schema): Schema {
  const bodies = [bodyOf(one), bodyOf(other)].filter((schema) => schema !== undefined)
  return {
    ...one,
    responses: { ...asObject(other.responses), ...asObject(one.responses) },
    ...(bodies.length < 2
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { oneOf: bodies } } } } }),
  }
}

function bodyOf({ requestBody }: Schema): unknown {
  const content = asObject(asObject(requestBody).content)
  return asObject(content['application/json']).schema
}

function asObject(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
