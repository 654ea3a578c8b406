import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import type { ConflictChoice, PackChoices } from '../../../modules/machine-qa/domain/test-pack-plan.ts'
import { exportTestPack } from '../../../modules/machine-qa/test-packs/export-test-pack.ts'
import {
  importTestPack,
  type PackImport,
  previewTestPack,
} from '../../../modules/machine-qa/test-packs/import-test-pack.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { objectBody } from '../records.ts'
import type { WirePackImport } from './test-packs.schema.ts'

const BASE = '/api/v1/machine-qa/test-packs'
const MOST = 10_000

/** Packs of tests, lists and cycles that sites give one another. */
export function testPackRoutes(app: FastifyInstance): void {
  app.post(`${BASE}/export`, async (request, reply) => {
    const { name = '', description = '', testIds, listIds, cycleIds } = objectBody(request)
    if (typeof name !== 'string' || name.length > 200)
      throw invalidInput('name', 'This must be a short text.')
    if (typeof description !== 'string' || description.length > 10_000)
      throw invalidInput('description', 'This must be text of 10000 characters at most.')
    const file = await exportTestPack(request.ctx, {
      ...{ name, description },
      testIds: idsOf(testIds, 'testIds'),
      listIds: idsOf(listIds, 'listIds'),
      cycleIds: idsOf(cycleIds, 'cycleIds'),
    })
    const fileName = `${name.replaceAll(/[^\w.-]+/g, '-') || 'testpack'}.tpk`
    return reply
      .headers({
        'content-type': 'application/json',
        'content-disposition': contentDisposition(fileName),
        'cache-control': 'private, no-store',
      })
      .send(Buffer.from(file))
  })

  app.post(`${BASE}/preview`, async (request): Promise<WirePackImport> => {
    const { file, choices } = packOf(request)
    return present(await previewTestPack(request.ctx, file, choices))
  })

  app.post(`${BASE}/import`, async (request): Promise<WirePackImport> => {
    const { file, choices } = packOf(request)
    return present(await importTestPack(request.ctx, file, choices))
  })
}

function packOf(request: FastifyRequest): { readonly file: string; readonly choices: PackChoices } {
  const { file, chosen, conflicts = {} } = objectBody(request)
  if (typeof file !== 'string') throw invalidInput('file', 'This is required: the text of the file.')
  return {
    file,
    choices: {
      conflicts: conflictsOf(conflicts),
      ...(chosen === undefined || chosen === null ? {} : { chosen: chosenOf(chosen) }),
    },
  }
}

function conflictsOf(given: unknown): Readonly<Record<string, ConflictChoice>> {
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : []
  if (entries.length > MOST) throw invalidInput('conflicts', 'These are too many.')
  return Object.fromEntries(
    entries.map(([key, choice]) => {
      if (choice !== 'rename' && choice !== 'use-existing')
        throw invalidInput(`conflicts.${key.slice(0, 100)}`, 'This must be rename or use-existing.')
      return [key, choice]
    }),
  )
}

function chosenOf(given: unknown): NonNullable<PackChoices['chosen']> {
  const fields: Readonly<Record<string, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {}
  return {
    tests: wordsOf(fields.tests, 'chosen.tests'),
    lists: wordsOf(fields.lists, 'chosen.lists'),
    cycles: wordsOf(fields.cycles, 'chosen.cycles'),
  }
}

function wordsOf(given: unknown, field: string): readonly string[] {
  const words = given ?? []
  if (Array.isArray(words) && words.length <= MOST && words.every((word) => typeof word === 'string'))
    return words
  throw invalidInput(field, 'This must be a list of names.')
}

function idsOf(given: unknown, field: string): readonly number[] {
  const ids = given ?? []
  if (Array.isArray(ids) && ids.length <= MOST && ids.every((id) => Number.isSafeInteger(id) && id > 0))
    return [...new Set<number>(ids)]
  throw invalidInput(field, 'This must be a list of ids.')
}

function present({ pack, items }: PackImport): WirePackImport {
  const { name, description, contact, version, chosen } = pack
  return { pack: { name, description, contact, version, chosen }, items }
}
