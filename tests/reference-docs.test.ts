import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { referencePages } from '../scripts/reference-pages.ts'
import { WIRE_SCHEMAS, wireSchemas } from '../scripts/wire-schemas.ts'

const FOLDER = join(import.meta.dirname, '..', 'docs', 'reference')
const pages = await referencePages()

it.each([...pages.keys()])(
  'docs/reference/%s says what is declared: node scripts/generate-docs.ts',
  async (name) => {
    expect(await readFile(join(FOLDER, name), 'utf8')).toBe(pages.get(name))
  },
)

it('leaves no page behind that nothing writes', async () => {
  expect((await readdir(FOLDER)).sort()).toEqual([...pages.keys()].sort())
})

it('has the schemas of our own API as its types say: node scripts/generate-docs.ts', async () => {
  expect(await readFile(WIRE_SCHEMAS, 'utf8')).toBe(wireSchemas())
})
