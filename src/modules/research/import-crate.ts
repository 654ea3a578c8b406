import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { toDay } from '../../core/calendar.ts'
import { EVERYTHING } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import { listRecords } from '../records/list-records.ts'
import { canonicalJson } from './domain/canonical-json.ts'
import { isJsonObject, type JsonObject, member, textOf } from './domain/json-value.ts'
import { readStoredQuantity } from './domain/stored-quantity.ts'
import { idsIn, parseJson, type ReadCrate, readCrate } from './read-crate.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { registerSample } from './register-sample.ts'
import type { ResearchServices } from './research-services.ts'
import { findSampleById } from './sample-ids.ts'
import { findOrigin, insertOrigin } from './store/origins.ts'
import { storeFile } from './store-file.ts'

/** What an import needs to know besides the archive: where its samples belong here. */
export type CrateDefaults = { readonly instituteId: number; readonly projectId: number }

export type CrateItem = {
  readonly kind: 'sample' | 'experiment'
  readonly identifier: string
  readonly name: string
  /** `same`: imported before and unchanged; `conflict`: another sample has the id */
  readonly state: 'new' | 'same' | 'conflict' | 'unusable'
  readonly problems: readonly string[]
}

export type CrateImport = {
  readonly source: string
  readonly items: readonly CrateItem[]
  readonly stored: number
}

const LARGEST_DOCUMENT = 2 ** 20
const LARGEST_FILE = 256 * 2 ** 20

/**
 * Imports the samples of an archive that a server like this one wrote. Importing the same file twice changes nothing.
 * Datasets of other notebooks are listed, with the reason why they cannot be taken as they are.
 *
 * @param folder where files of the archive are spooled
 * @param mode `check` stores nothing
 */
export async function importCrate(
  ctx: Context,
  services: ResearchServices,
  file: { readonly path: string; readonly folder: string },
  defaults: CrateDefaults,
  mode: 'check' | 'store',
): Promise<CrateImport> {
  requirePermission(ctx, 'research.data.import')
  const crate = await readCrate(file.path)
  try {
    const types = await typesByKey(ctx)
    const found: Found[] = []
    for (const [id, dataset] of crate.nodes) {
      if (![member(dataset, '@type')].flat().includes('Dataset') || id === './') continue
      found.push(await readDataset(ctx, crate, id, dataset, types))
    }
    const fresh = parentsFirst(
      found.flatMap((each) =>
        each.item.state === 'new' && each.sample ? [{ ...each, sample: each.sample }] : [],
      ),
    )
    const isGood = found.every(({ item }) => item.state !== 'conflict')
    const stored =
      mode === 'store' && isGood
        ? await store(ctx, services, { crate, folder: file.folder, fresh, defaults })
        : 0
    return { source: crate.source, items: found.map(({ item }) => item), stored }
  } finally {
    crate.close()
  }
}

type ReadSample = {
  readonly sampleId: string
  readonly name: string
  readonly dateCreated: string
  readonly info: JsonObject
  readonly sampleTypeId: number
  readonly parent: string | undefined
  readonly supplementary: string | undefined
  readonly about: JsonObject
  readonly sha256: string
}
type Found = { readonly item: CrateItem; readonly sample: ReadSample | undefined }
type Fresh = Found & { readonly sample: ReadSample }

async function typesByKey(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const page = { where: EVERYTHING, order: [], limit: 1000, offset: 0 }
  const { rows } = await listRecords(ctx, sampleTypeRecord, page, { total: 'none', relations: 'none' })
  return new Map(rows.map((row) => [String(row.key), row.id]))
}

async function readDataset(
  ctx: Context,
  crate: ReadCrate,
  id: string,
  dataset: JsonObject,
  types: ReadonlyMap<string, number>,
): Promise<Found> {
  const kind = member(dataset, 'genre') === 'experiment' ? 'experiment' : 'sample'
  const about = {
    kind,
    identifier: textOf(member(dataset, 'identifier')) ?? id,
    name: textOf(member(dataset, 'name')) ?? id,
  } as const
  const unusable = (problem: string): Found => ({
    item: { ...about, state: 'unusable', problems: [problem] },
    sample: undefined,
  })
  if (kind === 'experiment')
    return unusable('Experiments are not imported: record them with their staff and methods.')
  const parts = idsIn(member(dataset, 'hasPart'))
  const part = (name: string) => parts.find((each) => each.endsWith(`/${name}`))
  const [data, schema, dmlf] = [part('data.json'), part('schema.json'), part('dmlf.json')]
  if (!data || !schema || !dmlf)
    return unusable('This dataset brings no data that a sample type here describes.')
  try {
    const documents = await Promise.all(
      [data, schema, dmlf].map(async (each) => parseJson(await verified(crate, each))),
    )
    const described = describedBy(documents, types)
    if (typeof described === 'string') return unusable(described)
    const [parentFolder = ''] = idsIn(member(dataset, 'isBasedOn'))
    const sample: ReadSample = {
      ...described,
      sampleId: about.identifier,
      name: about.name,
      parent: textOf(member(crate.nodes.get(parentFolder), 'identifier')),
      supplementary: part('supplementary.zip'),
    }
    return { item: { ...about, ...(await stateOf(ctx, crate.source, sample)) }, sample }
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'invalid-input')
      return unusable(error.message)
    throw error
  }
}

type Described = Pick<ReadSample, 'dateCreated' | 'info' | 'sampleTypeId' | 'about' | 'sha256'>

/** What the documents of a dataset say, or why it cannot be taken. */
function describedBy(
  [info, schema, facts]: readonly unknown[],
  types: ReadonlyMap<string, number>,
): Described | string {
  if (!isJsonObject(info) || !isJsonObject(facts)) return 'Its data are no JSON objects.'
  const key = /^urn:touchstone:type:([a-z0-9-]+):/.exec(textOf(member(schema, '$id')) ?? '')?.[1] ?? ''
  const sampleTypeId = types.get(key)
  if (sampleTypeId === undefined) return `There is no sample type ${key} here.`
  const dateCreated = textOf(member(facts, 'date_created')) ?? ''
  if (toDay(dateCreated) === null) return 'It does not say when it was made.'
  const sha256 = createHash('sha256').update(canonicalJson({ info, facts })).digest('hex')
  return { dateCreated, info, sampleTypeId, about: facts, sha256 }
}

/** The content of a file whose hash is the one that the graph states. */
async function verified(crate: ReadCrate, id: string): Promise<Buffer> {
  const content = await crate.read(id, LARGEST_DOCUMENT)
  requireHash(crate, id, content)
  return content
}

function requireHash(crate: ReadCrate, id: string, content: Buffer): void {
  const stated = textOf(member(crate.nodes.get(id), 'sha256'))
  if (stated === undefined || createHash('sha256').update(content).digest('hex') === stated.toLowerCase())
    return
  throw new RefusedError({
    kind: 'invalid-input',
    problems: [{ field: 'file', problem: `${id} is not what its hash says.` }],
  })
}

async function stateOf(
  ctx: Context,
  source: string,
  sample: ReadSample,
): Promise<Pick<CrateItem, 'state' | 'problems'>> {
  const origin = await findOrigin(ctx.db, source, 'sample', sample.sampleId)
  if (origin?.sha256 === sample.sha256) return { state: 'same', problems: [] }
  const here = await findSampleById(ctx, sample.sampleId)
  if (!here) return { state: 'new', problems: [] }
  if (canonicalJson(here.info) === canonicalJson(sample.info) && here.name === sample.name)
    return { state: 'same', problems: [] }
  return { state: 'conflict', problems: ['Another sample here has this id and other data.'] }
}

/** What comes from something else behind it; what would come from itself keeps its place. */
function parentsFirst(fresh: readonly Fresh[]): readonly Fresh[] {
  const byId = new Map(fresh.map((each) => [each.sample.sampleId, each]))
  const done = new Set<string>()
  const ordered: Fresh[] = []
  const visit = (each: Fresh, depth: number): void => {
    if (done.has(each.sample.sampleId) || depth > 200) return
    const parent = each.sample.parent === undefined ? undefined : byId.get(each.sample.parent)
    if (parent) visit(parent, depth + 1)
    if (done.has(each.sample.sampleId)) return
    done.add(each.sample.sampleId)
    ordered.push(each)
  }
  for (const each of fresh) visit(each, 0)
  return ordered
}

type Storing = {
  readonly crate: ReadCrate
  readonly folder: string
  readonly fresh: readonly Fresh[]
  readonly defaults: CrateDefaults
}

async function store(
  ctx: Context,
  services: ResearchServices,
  { crate, folder, fresh, defaults }: Storing,
): Promise<number> {
  const files = new Map<string, Awaited<ReturnType<typeof storeFile>>>()
  for (const [index, { sample }] of fresh.entries()) {
    if (sample.supplementary === undefined) continue
    const content = await crate.read(sample.supplementary, Math.min(LARGEST_FILE, services.largestFileBytes))
    requireHash(crate, sample.supplementary, content)
    const path = join(folder, `crate-${index}`)
    await writeFile(path, content, { mode: 0o600 })
    files.set(
      sample.sampleId,
      await storeFile(ctx, services, { name: 'supplementary.zip', path, bytes: content.length }),
    )
  }
  return inTransaction(ctx, async (tx) => {
    for (const { sample } of fresh) {
      const parent = sample.parent === undefined ? undefined : await findSampleById(tx, sample.parent)
      const supplementaryFile = files.get(sample.sampleId)
      const made = await registerSample(
        tx,
        services,
        {
          ...defaults,
          sampleId: sample.sampleId,
          name: sample.name,
          dateCreated: sample.dateCreated,
          sampleTypeId: sample.sampleTypeId,
          methodId: null,
          parentId: parent?.id ?? null,
          info: sample.info,
          location: textOf(sample.about.location) ?? null,
          amount: readStoredQuantity(sample.about.amount) ?? null,
          origin: { source: crate.source, importedAt: tx.now().toISOString() },
          ...(supplementaryFile ? { supplementaryFile } : {}),
        },
        { violations: 'keep' },
      )
      await insertOrigin(tx.db, {
        source: crate.source,
        kind: 'sample',
        identifier: sample.sampleId,
        sha256: sample.sha256,
        sampleId: made.id,
        at: tx.now(),
      })
    }
    return fresh.length
  })
}
