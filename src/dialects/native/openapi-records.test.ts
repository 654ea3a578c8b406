import { expect, it } from 'vitest'
import { roomRecord, sampleRecord } from '../../modules/records/testing.ts'
import { createCatalogue } from '../../platform/records/catalogue.ts'
import { openApiDocument } from './openapi.ts'

const document = JSON.parse(JSON.stringify(openApiDocument(createCatalogue([roomRecord, sampleRecord]), '1')))

/** Every `$ref` inside a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  )
}

it('refers only to schemas that there are, and names every parameter of every path', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  expect(known).toEqual(expect.arrayContaining(referencesIn(document)))
  for (const [path, item] of Object.entries<Record<string, unknown>>(document.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = JSON.stringify(item)
    for (const name of named) expect(declared, path).toContain(`"name":"${name}","in":"path","required":true`)
  }
})

it('describes what is taken when a record is made and when it is changed', () => {
  const { TestSampleInput: made, TestSampleChange: changed } = document.components.schemas
  expect([made.additionalProperties, made.required]).toEqual([false, ['name']])
  expect([changed.additionalProperties, changed.required]).toEqual([false, ['version']])
  const { version, reason, ...fields } = changed.properties
  expect(fields).toEqual(made.properties)
  expect([version.type, reason.type]).toEqual(['integer', 'string'])
  expect(Object.keys(fields)).not.toContain('made')
  expect(fields.mark).toMatchObject({ type: ['string', 'null'], maxLength: 255 })
  expect(fields.grade).toMatchObject({ type: 'string', enum: ['a', 'b'] })
  expect(fields.steps).toMatchObject({ type: 'array', items: { type: 'integer' } })
})
