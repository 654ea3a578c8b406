import { type Endpoint, object, type Schema, TEXT, WHOLE } from './openapi-shapes.ts'

const IDS: Schema = { type: 'array', items: WHOLE }
const NAMES: Schema = { type: 'array', items: TEXT }
const MAYBE_ID: Schema = { type: ['integer', 'null'] }

const PACK_BODY = {
  file: TEXT,
  'chosen?': object({ 'tests?': NAMES, 'lists?': NAMES, 'cycles?': NAMES }),
  'conflicts?': {
    type: 'object',
    description: 'By `test:<name>`, `list:<slug>`, `cycle:<slug>`; `rename` unless given.',
    additionalProperties: { enum: ['rename', 'use-existing'] },
  } satisfies Schema,
}

const PACK_IMPORT = object({
  pack: object({
    name: TEXT,
    description: TEXT,
    contact: TEXT,
    version: TEXT,
    chosen: object({ tests: NAMES, lists: NAMES, cycles: NAMES }),
  }),
  items: {
    type: 'array',
    items: object({
      kind: { enum: ['category', 'test', 'list', 'cycle'] },
      key: TEXT,
      name: TEXT,
      action: { enum: ['create', 'rename', 'match'] },
      newName: TEXT,
      newSlug: TEXT,
      existingId: MAYBE_ID,
      id: MAYBE_ID,
      removed: NAMES,
    }),
  },
})

/** Packs of tests, lists and cycles. */
export const TEST_PACK_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'POST /api/v1/machine-qa/test-packs/export': {
    summary: 'The file of a test pack with chosen tests, lists and cycles',
    body: { 'name?': TEXT, 'description?': TEXT, 'testIds?': IDS, 'listIds?': IDS, 'cycleIds?': IDS },
    file: 'application/json',
  },
  'POST /api/v1/machine-qa/test-packs/preview': {
    summary: 'What importing a test pack would make or use',
    body: PACK_BODY,
    answer: PACK_IMPORT,
  },
  'POST /api/v1/machine-qa/test-packs/import': {
    summary: 'Import a test pack, all or nothing',
    body: PACK_BODY,
    answer: PACK_IMPORT,
  },
}
