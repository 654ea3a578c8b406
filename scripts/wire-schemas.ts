import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createGenerator } from 'ts-json-schema-generator'

const ROOT = join(import.meta.dirname, '..')
const NATIVE = 'src/dialects/native'

/** Where the schemas of our own API stand, read by its OpenAPI document. */
export const WIRE_SCHEMAS = join(ROOT, NATIVE, 'wire-schemas.json')

/**
 * JSON Schemas of the wire types that the endpoints of our own API are written with, so that its OpenAPI document says
 * what the compiler has checked. Each is named by its folder and type: `machine-qa.WorkList` is `WireWorkList`.
 */
export function wireSchemas(): string {
  const folders = new Set(
    globSync(`${NATIVE}/*/*.schema.ts`, { cwd: ROOT }).map((file) => basename(dirname(file))),
  )
  const schemas = [...folders].toSorted().flatMap((folder) => {
    const { definitions = {} } = createGenerator({
      path: join(ROOT, NATIVE, folder, '*.schema.ts'),
      tsconfig: join(ROOT, 'tsconfig.json'),
      expose: 'export',
      skipTypeCheck: true,
      sortProps: true,
      additionalProperties: true,
    }).createSchema('*')
    return Object.entries(definitions).map(([name, schema]) => [
      nameOf(folder, name),
      renamed(folder, schema),
    ])
  })
  return `${JSON.stringify(Object.fromEntries(schemas), undefined, 1)}\n`
}

function nameOf(folder: string, type: string): string {
  return `${folder}.${type.replace(/^Wire/, '').replaceAll(/[^\w.-]/g, '-')}`
}

function renamed(folder: string, schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? `#/components/schemas/${nameOf(folder, decodeURIComponent(value.replace('#/definitions/', '')))}`
      : value,
  )
}
