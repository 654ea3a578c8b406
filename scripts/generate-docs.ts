/**
 * Writes the pages of `docs/reference/` from the declarations, and the schemas of our own API from its types:
 *
 *   node scripts/generate-docs.ts
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { referencePages } from './reference-pages.ts'
import { WIRE_SCHEMAS, wireSchemas } from './wire-schemas.ts'

const FOLDER = join(import.meta.dirname, '..', 'docs', 'reference')

await mkdir(FOLDER, { recursive: true })
for (const [name, text] of await referencePages()) {
  await writeFile(join(FOLDER, name), text)
  console.log(`docs/reference/${name}`)
}
await writeFile(WIRE_SCHEMAS, wireSchemas())
