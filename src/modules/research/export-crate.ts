import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import yazl from 'yazl'
import { type Context, requirePermission } from '../../context.ts'
import { type Condition, compare } from '../../core/query.ts'
import { invalidInput } from '../../core/refusal.ts'
import { findLabels } from '../records/find-labels.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { archiveName, crateFrame, idOf, node } from './domain/crate.ts'
import { propertyValues } from './domain/crate-values.ts'
import type { JsonObject } from './domain/json-value.ts'
import { fieldsOfSchema, type SchemaField } from './domain/schema-fields.ts'
import type { SearchNode } from './domain/search.ts'
import { findMatchingIds } from './find-samples.ts'
import { type Experiment, experimentRecord } from './records/experiment.ts'
import { methodRecord } from './records/method.ts'
import { projectRecord } from './records/project.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { type SampleTypeVersion, sampleTypeVersionRecord } from './records/sample-type-version.ts'
import { staffRecord } from './records/staff.ts'
import { type FileRow, findCurrentFiles } from './store/files.ts'
import { asExperiment, asSample, asTypeVersion } from './typed-row.ts'

export type CrateOptions = {
  readonly search: SearchNode
  readonly where: Condition
  /** address of this server, named as the publisher */
  readonly host: string
  readonly software: string
}

export type Crate = {
  readonly name: string
  readonly samples: number
  /** the archive while it is written */
  readonly content: Readable
}

const MOST = 200_000
const AT_ONCE = 200
/** The first day that the format knows: unchanged data give the same bytes. */
const EPOCH = new Date(1980, 0, 1)

/**
 * Samples with their experiments and files as an archive that other notebooks read (RO-Crate 1.1 in `.eln`). The graph
 * is spooled to disk while samples are read, so that any number of them takes little memory.
 *
 * @throws RefusedError `invalid-input` for nothing, and for more than an archive holds
 */
export async function exportCrate(
  ctx: Context,
  { search, where, host, software }: CrateOptions,
): Promise<Crate> {
  requirePermission(ctx, 'research.access')
  const ids = await findMatchingIds(ctx, search, where, MOST + 1)
  if (ids.length === 0) throw invalidInput('q', 'There is no such sample.')
  if (ids.length > MOST) throw invalidInput('q', `An archive holds ${MOST} samples at most.`)
  const day = ctx.now().toISOString().slice(0, 10)
  const name = `touchstone-${day}`
  const content = new PassThrough()
  const zip = new yazl.ZipFile()
  zip.outputStream.on('error', (error) => content.destroy(error))
  zip.outputStream.pipe(content)
  // it goes on while the archive is read; a failure ends the archive early, so that nobody takes it for whole
  void writeCrate({ ctx, ids, root: name, host, software, zip }).catch((error: unknown) =>
    content.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return { name: `${name}.eln`, samples: ids.length, content }
}

type Writing = {
  readonly ctx: Context
  readonly ids: readonly number[]
  readonly root: string
  readonly host: string
  readonly software: string
  readonly zip: yazl.ZipFile
}

async function writeCrate({ ctx, ids, root, host, software, zip }: Writing): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-crate-'))
  try {
    const path = join(folder, 'graph.jsonl')
    const graph = createWriteStream(path)
    const say = async (nodes: readonly JsonObject[]): Promise<void> => {
      const text = nodes.map((each) => `,${JSON.stringify(each)}\n`).join('')
      if (!graph.write(text)) await once(graph, 'drain')
    }
    const people = new Set<number>()
    const parts: string[] = []
    let turn = Promise.resolve()
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      // what was read before is on its way: no more than one batch waits to be written
      await turn
      const batch = await readBatch(ctx, ids.slice(start, start + AT_ONCE))
      for (const sample of batch.samples) {
        parts.push(sampleFolder(sample))
        await say(sampleNodes(batch, sample, host))
        addSampleFiles(ctx, zip, root, batch, sample)
      }
      const last = batch.samples.at(-1)
      if (last)
        turn = addTurn(zip, `${root}/${sampleFolder(last).slice(2)}dmlf.json`, documentsOf(batch, last))
      for (const experiment of batch.experiments) {
        parts.push(experimentFolder(experiment))
        await say(experimentNodes(batch, experiment))
        for (const file of batch.files.get(`experiment ${experiment.id}`) ?? [])
          addBlob(ctx, zip, `${root}/${filePath(experimentFolder(experiment), file)}`, file)
      }
      const unknown = [...new Set(batch.experiments.map(({ staff }) => staff))].filter(
        (id) => !people.has(id),
      )
      for (const id of unknown) people.add(id)
      await say(unknown.map((id) => personNode(id, batch.staff.get(id) ?? '')))
    }
    graph.end()
    await finished(graph)
    const at = ctx.now().toISOString()
    const description = `${ids.length} samples with their experiments and files.`
    const frame = crateFrame({ name: root, description, at, host, software, parts })
    const head = `{"@context":"https://w3id.org/ro/crate/1.1/context","@graph":[${frame.map((each) => JSON.stringify(each)).join(',\n')}\n`
    const { size } = await stat(path)
    zip.addReadStreamLazy(
      `${root}/ro-crate-metadata.json`,
      { mtime: EPOCH, size: Buffer.byteLength(head) + size + 2 },
      (give) => {
        give(null, joined(head, createReadStream(path)))
      },
    )
    zip.addBuffer(Buffer.from(previewPage(root, ids.length)), `${root}/ro-crate-preview.html`, {
      mtime: EPOCH,
    })
    zip.end()
    await finished(zip.outputStream)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function joined(head: string, body: Readable): Readable {
  const target = new PassThrough()
  target.write(head)
  body.on('error', (error) => target.destroy(error))
  body.on('end', () => target.end(']}'))
  body.pipe(target, { end: false })
  return target
}

type Batch = {
  readonly samples: readonly Sample[]
  readonly experiments: readonly Experiment[]
  readonly versions: ReadonlyMap<number, SampleTypeVersion>
  readonly parents: ReadonlyMap<number, string>
  readonly methods: ReadonlyMap<number, string>
  readonly projects: ReadonlyMap<number, string>
  readonly staff: ReadonlyMap<number, string>
  readonly files: ReadonlyMap<string, readonly FileRow[]>
}

const FIELDS = new WeakMap<JsonObject, readonly SchemaField[]>()

function fieldsOf(schema: JsonObject): readonly SchemaField[] {
  const known = FIELDS.get(schema) ?? fieldsOfSchema(schema)
  FIELDS.set(schema, known)
  return known
}

const VERSIONS = new Map<string, SampleTypeVersion>()

/** The same object for the same published schema, so that it is read once. */
function shared(version: SampleTypeVersion): SampleTypeVersion {
  const key = `${version.id} ${version.sha256 ?? ''}`
  const known = VERSIONS.get(key)
  if (known) return known
  if (VERSIONS.size > 200) VERSIONS.clear()
  VERSIONS.set(key, version)
  return version
}

async function readBatch(ctx: Context, ids: readonly number[]): Promise<Batch> {
  const samples = (await findRecords(ctx, sampleRecord, ids)).map(asSample)
  const found = await listRecords(
    ctx,
    experimentRecord,
    { where: compare('sample', 'in', ids), order: [], limit: 100_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const experiments = found.rows.map(asExperiment).toSorted((a, b) => a.id - b.id)
  const unique = (of: readonly (number | null)[]) => [...new Set(of.filter((id) => id !== null))]
  const [versions, parents, methods, projects, staff, ofSamples, ofExperiments] = await Promise.all([
    findRecords(ctx, sampleTypeVersionRecord, unique(samples.map(({ typeVersion }) => typeVersion))),
    findRecords(ctx, sampleRecord, unique(samples.map(({ parent }) => parent))),
    findLabels(
      ctx,
      methodRecord,
      unique([...samples.map(({ method }) => method), ...experiments.map(({ method }) => method)]),
    ),
    findLabels(ctx, projectRecord, unique(samples.map(({ project }) => project))),
    findLabels(ctx, staffRecord, unique(experiments.map((experiment) => experiment.staff))),
    findCurrentFiles(ctx.db, 'sample', ids),
    findCurrentFiles(
      ctx.db,
      'experiment',
      experiments.map(({ id }) => id),
    ),
  ])
  const byOwner = Map.groupBy([...ofSamples, ...ofExperiments], (file) =>
    file.experimentId === null ? `sample ${file.sampleId}` : `experiment ${file.experimentId}`,
  )
  return {
    samples,
    experiments,
    versions: new Map(versions.map((row) => [row.id, shared(asTypeVersion(row))])),
    parents: new Map(parents.map((row) => [row.id, String(row.sampleId)])),
    methods,
    projects,
    staff,
    files: byOwner,
  }
}

function sampleFolder({ sampleId }: Pick<Sample, 'sampleId'>): string {
  return `./samples/${archiveName(sampleId)}/`
}

function experimentFolder({ id }: Experiment): string {
  return `./experiments/${id}/`
}

const FILE_NAMES: Readonly<Record<string, string>> = {
  sample_info: 'sample_info.json',
  supplementary_file: 'supplementary.zip',
  experiment_file: 'experiment.zip',
}

/** Where a file lies in the archive; attachments keep their own names, told apart by their ids. */
function filePath(folder: string, file: FileRow): string {
  return folder.slice(2) + (FILE_NAMES[file.kind] ?? `files/${file.id}-${archiveName(file.name)}`)
}

function fileNode(folder: string, file: FileRow): JsonObject {
  return node(`./${filePath(folder, file)}`, 'File', {
    name: file.name,
    encodingFormat: file.mediaType,
    contentSize: String(file.bytes),
    sha256: file.sha256,
    dateCreated: file.createdAt.toISOString(),
  })
}

function documentNode(id: string, name: string, text: string): JsonObject {
  return node(id, 'File', {
    name,
    encodingFormat: 'application/json',
    contentSize: String(Buffer.byteLength(text)),
    sha256: createHash('sha256').update(text).digest('hex'),
  })
}

function documentsOf(
  { versions, methods }: Batch,
  sample: Sample,
): readonly (readonly [name: string, text: string])[] {
  const version = versions.get(sample.typeVersion)
  const about = {
    sample_id: sample.sampleId,
    name: sample.name,
    date_created: sample.dateCreated,
    state: sample.state,
    sample_type: version?.label ?? '',
    method: sample.method === null ? null : (methods.get(sample.method) ?? null),
    amount: sample.amount,
    location: sample.location,
  }
  return [
    ['data.json', JSON.stringify(sample.info, null, 2)],
    ['schema.json', JSON.stringify(version?.schema ?? {}, null, 2)],
    ['dmlf.json', JSON.stringify(about, null, 2)],
  ]
}

function sampleNodes(batch: Batch, sample: Sample, host: string): readonly JsonObject[] {
  const { versions, parents, projects, files } = batch
  const folder = sampleFolder(sample)
  const own = files.get(`sample ${sample.id}`) ?? []
  const version = versions.get(sample.typeVersion)
  const values = propertyValues(
    version ? fieldsOf(version.schema) : [],
    sample.info,
    `#${archiveName(sample.sampleId)}-`,
  )
  const documents = documentsOf(batch, sample)
  const parent = sample.parent === null ? undefined : parents.get(sample.parent)
  const fileNodes = own.map((file) => fileNode(folder, file))
  const documentNodes = documents.map(([name, text]) => documentNode(`${folder}${name}`, name, text))
  return [
    node(folder, 'Dataset', {
      name: sample.name,
      identifier: sample.sampleId,
      genre: 'sample',
      url: `${host}/s/${sample.sampleId}`,
      keywords: [version?.label ?? '', projects.get(sample.project) ?? '']
        .filter((word) => word !== '')
        .join(', '),
      dateCreated: sample.createdAt.toISOString(),
      dateModified: sample.modifiedAt.toISOString(),
      creativeWorkStatus: sample.state,
      isBasedOn: parent === undefined ? undefined : idOf(sampleFolder({ sampleId: parent })),
      variableMeasured: values.map((each) => idOf(String(each['@id']))),
      hasPart: [...fileNodes, ...documentNodes].map((each) => idOf(String(each['@id']))),
    }),
    ...values,
    ...fileNodes,
    ...documentNodes,
  ]
}

function addSampleFiles(ctx: Context, zip: yazl.ZipFile, root: string, batch: Batch, sample: Sample): void {
  const folder = sampleFolder(sample)
  for (const file of batch.files.get(`sample ${sample.id}`) ?? [])
    addBlob(ctx, zip, `${root}/${filePath(folder, file)}`, file)
  const isLast = sample === batch.samples.at(-1)
  for (const [name, text] of documentsOf(batch, sample).filter(
    ([name]) => !(isLast && name === LAST_DOCUMENT),
  ))
    zip.addBuffer(Buffer.from(text), `${root}/${folder.slice(2)}${name}`, { mtime: EPOCH })
}

const LAST_DOCUMENT = 'dmlf.json'

/** Adds the last document of a batch. @returns what is settled when its turn to be written comes */
function addTurn(
  zip: yazl.ZipFile,
  path: string,
  documents: readonly (readonly [name: string, text: string])[],
): Promise<void> {
  const text = documents.find(([name]) => name === LAST_DOCUMENT)?.[1] ?? ''
  return new Promise((resolve) => {
    zip.addReadStreamLazy(path, { mtime: EPOCH, size: Buffer.byteLength(text) }, (give) => {
      give(null, Readable.from([Buffer.from(text)], { objectMode: false }))
      resolve()
    })
  })
}

/** Read when it is its turn: an archive of many files holds none of them. */
function addBlob(ctx: Context, zip: yazl.ZipFile, path: string, file: FileRow): void {
  zip.addReadStreamLazy(
    path,
    { mtime: EPOCH, size: file.bytes, compress: file.mediaType !== 'application/zip' },
    (give) => {
      ctx.blobs.open(file.sha256).then(
        (source) => give(null, source),
        (error: unknown) => give(error, new PassThrough()),
      )
    },
  )
}

function experimentNodes({ samples, methods, files }: Batch, experiment: Experiment): readonly JsonObject[] {
  const folder = experimentFolder(experiment)
  const sample = samples.find(({ id }) => id === experiment.sample)
  const own = (files.get(`experiment ${experiment.id}`) ?? []).map((file) => fileNode(folder, file))
  const about = sample && idOf(sampleFolder(sample))
  const machines = (experiment.equipmentState ?? []).map(({ equipmentId, name, state }) =>
    node(`#equipment-${experiment.id}-${equipmentId}`, 'IndividualProduct', {
      name,
      description: `State when it was used: ${state}`,
    }),
  )
  return [
    node(folder, 'Dataset', {
      name: experiment.name,
      identifier: `experiment-${experiment.id}`,
      genre: 'experiment',
      author: idOf(`#person-${experiment.staff}`),
      about,
      isBasedOn: about,
      text: experiment.notes,
      keywords: methods.get(experiment.method),
      dateCreated: experiment.createdAt.toISOString(),
      dateModified: experiment.modifiedAt.toISOString(),
      hasPart: own.map((each) => idOf(String(each['@id']))),
    }),
    node(`#run-${experiment.id}`, 'CreateAction', {
      name: methods.get(experiment.method) ?? experiment.name,
      object: about,
      result: idOf(folder),
      agent: idOf(`#person-${experiment.staff}`),
      instrument: machines.map((each) => idOf(String(each['@id']))),
      endTime: `${experiment.dateCreated}T00:00:00Z`,
    }),
    ...machines,
    ...own,
  ]
}

function personNode(id: number, name: string): JsonObject {
  const words = name.trim().split(/\s+/)
  return node(`#person-${id}`, 'Person', {
    name,
    givenName: words.slice(0, -1).join(' ') || name,
    familyName: words.at(-1),
  })
}

function previewPage(name: string, samples: number): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title></head><body><h1>${name}</h1><p>${samples} samples. Their data stand in ro-crate-metadata.json and in the folders beside it.</p></body></html>`
}
