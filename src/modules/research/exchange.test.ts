import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import {
  makeSitePlace,
  openTestSite,
  removeSitePlace,
  type SitePlace,
} from '../../../tests/support/make-site.ts'
import { fillResearch } from '../../../tests/support/research-fixture.ts'
import { asSystem, type Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import type { DatabaseKind } from '../../platform/database/database.ts'
import { writeZip, type ZipPart } from '../../platform/spreadsheets/zip-writer.ts'
import type { Site } from '../../site.ts'
import { binSample } from './bin.ts'
import { isJsonObject, type JsonObject } from './domain/json-value.ts'
import { ANY_SAMPLE } from './domain/search.ts'
import { exportCrate } from './export-crate.ts'
import { exportSamples } from './export-samples.ts'
import { importCrate } from './import-crate.ts'
import { importTable } from './import-table.ts'
import { recordExperiment } from './record-experiment.ts'
import { type NewSample, registerSample } from './register-sample.ts'
import { findSampleById } from './sample-ids.ts'
import { storeFile } from './store-file.ts'
import { makeResearchServices } from './testing.ts'

const NOW = new Date('2026-11-21T20:28:02.959Z')
const SERVICES = makeResearchServices()
const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']
const CRATE = { search: ANY_SAMPLE, where: EVERYTHING, host: 'https://lab.example', software: '1.0' }
const HERE = { instituteId: 1, projectId: 1 }

describe.each(wanted as DatabaseKind[])('exchanging research data (%s)', (kind) => {
  let place: SitePlace
  let site: Site
  let ctx: Context
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-exchange-'))
    place = await makeSitePlace(kind)
    site = await openTestSite(place, { now: () => NOW })
    await fillResearch(site)
    ctx = asSystem(site.base, 'test')
    const zip = join(folder, 'a.zip')
    await writeFile(zip, await archive([{ name: 'a.txt', content: 'a' }]))
    const file = { name: 'a.zip', path: zip, bytes: 1 }
    const battery = await registerSample(
      ctx,
      SERVICES,
      {
        ...sample(1, 'Batterie Ä', { name: 'B', manufacturer: 'M' }, 1),
        supplementaryFile: await storeFile(ctx, SERVICES, file),
      },
      { violations: 'refuse' },
    )
    await registerSample(
      ctx,
      SERVICES,
      {
        ...sample(2, 'solid', { name: 'S', weight_in_g: 12.5 }, 2),
        parentId: battery.id,
        amount: { value: 12.5, unit: 'g' },
      },
      { violations: 'refuse' },
    )
    await recordExperiment(ctx, SERVICES, {
      name: 'sieving',
      dateCreated: '2024-06-17',
      sampleId: battery.id,
      methodId: 1,
      staffId: 1,
      projectId: 1,
      file: await storeFile(ctx, SERVICES, file),
    })
  })
  afterAll(async () => {
    await site.close()
    await removeSitePlace(place)
    await rm(folder, { recursive: true, force: true })
  })

  function sample(second: number, name: string, info: JsonObject, sampleTypeId: number): NewSample {
    const sampleId = `240616_12000${second}_010001`
    return {
      ...HERE,
      sampleId,
      name,
      dateCreated: '2024-06-16',
      sampleTypeId,
      methodId: null,
      parentId: null,
      info,
    }
  }

  async function exported(): Promise<{ readonly path: string; readonly name: string }> {
    const crate = await exportCrate(ctx, CRATE)
    const path = join(folder, `${Date.now()}-${Math.random()}.eln`)
    await writeFile(path, Buffer.concat(await gathered<Buffer>(crate.content)))
    return { path, name: crate.name }
  }

  it('writes an archive that keeps every rule of the format', async () => {
    const { path, name } = await exported()
    expect(problemsOfCrate(await unpack(path), name)).toEqual([])
  })

  it('writes the same bytes for the same data', async () => {
    const [first, second] = [await exported(), await exported()]
    expect(await unpack(first.path)).toEqual(await unpack(second.path))
  })

  it('changes nothing when its own archive comes back', async () => {
    const { path } = await exported()
    const back = await importCrate(ctx, SERVICES, { path, folder }, HERE, 'store')
    expect([back.stored, back.items.map(({ kind: what, state }) => `${what} ${state}`)]).toEqual([
      0,
      ['sample same', 'sample same', 'experiment unusable'],
    ])
  })

  it('brings back what is gone, with parents and files, once', async () => {
    const { path } = await exported()
    const second = await findSampleById(ctx, '240616_120002_010001')
    await binSample(ctx, SERVICES, second?.id ?? 0)
    const tried = await importCrate(ctx, SERVICES, { path, folder }, HERE, 'check')
    expect([tried.stored, tried.items[1]?.state, await findSampleById(ctx, '240616_120002_010001')]).toEqual([
      0,
      'new',
      undefined,
    ])
    expect((await importCrate(ctx, SERVICES, { path, folder }, HERE, 'store')).stored).toBe(1)
    const again = await findSampleById(ctx, '240616_120002_010001')
    expect(again).toMatchObject({
      name: 'solid',
      info: second?.info,
      amount: { value: 12.5, unit: 'g' },
      parent: second?.parent,
    })
    expect((await importCrate(ctx, SERVICES, { path, folder }, HERE, 'store')).stored).toBe(0)
  })

  it.each([
    ['no archive', 'plain text', 'This is no archive'],
    [
      'two roots',
      [
        { name: 'a/x', content: '1' },
        { name: 'b/x', content: '1' },
      ],
      'exactly one folder',
    ],
    ['no graph', [{ name: 'a/x', content: '1' }], 'ro-crate-metadata.json'],
    ['a graph that is none', [{ name: 'a/ro-crate-metadata.json', content: '[' }], 'This is no JSON'],
    ['a name that leads out', [{ name: 'a/../../x', content: '1' }], ''],
    [
      'a bomb',
      [{ name: 'a/ro-crate-metadata.json', content: '0'.repeat(3 * 2 ** 20) }],
      'grows beyond reason',
    ],
  ] as const)('refuses %s', async (_what, content, message) => {
    const path = join(folder, 'bad.eln')
    await writeFile(path, typeof content === 'string' ? content : await archive(content))
    await expect(importCrate(ctx, SERVICES, { path, folder }, HERE, 'check')).rejects.toThrow(message)
  })

  it('says why datasets of other notebooks are not taken', async () => {
    const graph = {
      '@context': 'x',
      '@graph': [
        { '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', sdPublisher: { name: 'eLabFTW' } },
        { '@id': './', '@type': 'Dataset', hasPart: [{ '@id': './a' }] },
        { '@id': './a', '@type': 'Dataset', name: 'A', hasPart: { '@id': './a//b.txt' } },
        { '@id': './a', '@type': 'Dataset', name: 'twice' },
      ],
    }
    const path = join(folder, 'other.eln')
    await writeFile(
      path,
      await archive([{ name: 'x/ro-crate-metadata.json', content: JSON.stringify(graph) }]),
    )
    expect(await importCrate(ctx, SERVICES, { path, folder }, HERE, 'check')).toEqual({
      source: 'eLabFTW',
      items: [
        {
          kind: 'sample',
          identifier: './a',
          name: 'A',
          state: 'unusable',
          problems: ['This dataset brings no data that a sample type here describes.'],
        },
      ],
      stored: 0,
    })
  })

  const DEFAULTS = { ...HERE, sampleTypeId: 2, methodId: null, dateCreated: '2024-07-01' }
  const table = (text: string, mode: 'check' | 'store') =>
    importTable(ctx, SERVICES, { content: Readable.from([Buffer.from(text)]), format: 'csv' }, DEFAULTS, mode)

  it('shows what is wrong with every row of a table before anything is stored', async () => {
    const text =
      'sample_id;name;weight_in_g [mg];parent;colour\n240701_000001_010001;a;1500;240616_120001_010001;red\n240701_000002_010001;b;much;;\nx;;-5;nobody;\n240701_000001_010001;d;1;;\n'
    const { columns, rows, stored } = await table(text, 'store')
    expect(stored).toBe(0)
    expect(columns.map(({ field }) => field)).toEqual(['sample_id', 'name', 'weight_in_g', 'parent', null])
    expect(rows.map(({ line, problems }) => [line, problems])).toEqual([
      [2, []],
      [3, ['weight_in_g [mg]: "much" cannot be read.']],
      [4, ['parent: "nobody" does not exist.']],
      [5, ['sample with this sample id already exists.']],
    ])
    expect(await findSampleById(ctx, '240701_000001_010001')).toBeUndefined()
  })

  it('stores a table that is in order, its numbers in the unit of the field', async () => {
    const { stored } = await table(
      'sample_id;name;weight_in_g [mg]\n240701_000001_010001;a;1500\n240701_000002_010001;b;2500,5\n',
      'store',
    )
    expect([stored, (await findSampleById(ctx, '240701_000002_010001'))?.info]).toEqual([
      2,
      { name: 'b', weight_in_g: 2.5005 },
    ])
  })

  it('exports a column for each field, with its unit', async () => {
    const { columns, rows } = await exportSamples(ctx, ANY_SAMPLE, EVERYTHING)
    const weight = columns.findIndex(({ title }) => title === 'weight_in_g [g]')
    const cells = await gathered(rows)
    expect(cells.map((row) => [row[0], row[weight]])).toContainEqual(['240616_120002_010001', 12.5])
  })
})

async function gathered<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of source) all.push(each)
  return all
}

async function archive(parts: readonly ZipPart[]): Promise<Buffer> {
  return Buffer.concat(await gathered(writeZip(parts)))
}

function unpack(path: string): Promise<ReadonlyMap<string, Buffer>> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      const files = new Map<string, Buffer>()
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, async (broken, stream) => {
          if (broken) return reject(broken)
          files.set(entry.fileName, Buffer.concat(await gathered<Buffer>(stream)))
          zip.readEntry()
        })
      })
      zip.on('end', () => resolve(files))
      zip.on('error', reject)
      zip.readEntry()
    })
  })
}

/** Every rule that the specification lists for archives and graphs (5.13), as far as one archive can break it. */
function problemsOfCrate(files: ReadonlyMap<string, Buffer>, name: string): readonly string[] {
  const root = name.replace(/\.eln$/, '')
  const document: unknown = JSON.parse(files.get(`${root}/ro-crate-metadata.json`)?.toString() ?? '{}')
  const crate = isJsonObject(document) ? document : {}
  const graph = (Array.isArray(crate['@graph']) ? crate['@graph'] : []).filter(isJsonObject)
  const nodes = new Map(graph.map((node) => [String(node['@id']), node]))
  const ofType = (type: string) => graph.filter((node) => node['@type'] === type)
  const weight = ofType('PropertyValue').find((node) => node.propertyID === 'weight_in_g') ?? {}
  return [
    ...broken([
      [
        [...files.keys()].every((each) => each.startsWith(`${root}/`)),
        'one root folder, called like the archive',
      ],
      [[...files.keys()].every((each) => /^[a-z0-9._/-]+$/.test(each) && !each.includes('..')), 'safe names'],
      [files.has(`${root}/ro-crate-preview.html`), 'a preview'],
      [crate['@context'] === 'https://w3id.org/ro/crate/1.1/context', 'the context of RO-Crate 1.1'],
      [nodes.size === graph.length, 'every node has an id of its own'],
      [
        weight.value === 12.5 && weight.unitText === 'g' && weight.unitCode === 'GRM',
        'values carry their unit',
      ],
    ]),
    ...graph.flatMap((node) => problemsOfNode(node, nodes)),
    ...problemsOfFrame(nodes),
    ...ofType('Dataset')
      .filter((node) => node['@id'] !== './')
      .flatMap((node) => problemsOfDataset(node, nodes)),
    ...ofType('File').flatMap((file) => problemsOfFile(file, files, root)),
  ]
}

function broken(rules: readonly (readonly [holds: boolean, rule: string])[]): readonly string[] {
  return rules.flatMap(([holds, rule]) => (holds ? [] : [rule]))
}

type Nodes = ReadonlyMap<string, JsonObject>

function idsOf(value: unknown): string[] {
  return [value].flat().flatMap((each) => (isJsonObject(each) ? [String(each['@id'])] : []))
}

function problemsOfNode(node: JsonObject, nodes: Nodes): readonly string[] {
  const id = String(node['@id'])
  const references = Object.values(node).flatMap(idsOf)
  return broken([
    [node['@type'] !== undefined, `${id} has a type`],
    [Object.values(node).every((value) => value !== null && value !== ''), `${id} has no empty values`],
    [
      references.every((each) => nodes.has(each) || each.startsWith('https://w3id.org/')),
      `${id} refers to what is there`,
    ],
  ])
}

function problemsOfFrame(nodes: Nodes): readonly string[] {
  const of = (id: string): JsonObject => nodes.get(id) ?? {}
  const [descriptor, top, action] = [of('ro-crate-metadata.json'), of('./'), of('#ro-crate-created')]
  const license = of(idsOf(top.license)[0] ?? '')
  return broken([
    [
      descriptor['@type'] === 'CreativeWork' && idsOf(descriptor.about)[0] === './',
      'the descriptor is about the root',
    ],
    [
      idsOf(descriptor.conformsTo)[0] === 'https://w3id.org/ro/crate/1.1',
      'the descriptor states what it conforms to',
    ],
    [
      idsOf(descriptor.sdPublisher).length === 1 && typeof descriptor.version === 'string',
      'publisher and version',
    ],
    [
      top['@type'] === 'Dataset' && typeof top.name === 'string' && typeof top.description === 'string',
      'the root is described',
    ],
    [!Number.isNaN(Date.parse(String(top.datePublished))), 'the root has a date'],
    [typeof license.name === 'string' && typeof license.description === 'string', 'the licence is described'],
    [idsOf(top.hasPart).length === 3, 'two samples and an experiment'],
    [action.actionStatus === 'http://schema.org/CompletedActionStatus', 'the export is an action'],
    [idsOf(action.instrument).length === 1, 'the export names its software'],
  ])
}

function problemsOfDataset(dataset: JsonObject, nodes: Nodes): readonly string[] {
  const id = String(dataset['@id'])
  return broken([
    [idsOf(nodes.get('./')?.hasPart).includes(id), `the root lists ${id}`],
    [typeof dataset.name === 'string' && typeof dataset.genre === 'string', `${id} has name and genre`],
    [
      dataset.keywords === undefined || typeof dataset.keywords === 'string',
      `${id} has its keywords in one text`,
    ],
    [dataset.author === undefined || isJsonObject(dataset.author), `${id} has one author`],
    [/Z$|[+-]\d\d:\d\d$/.test(String(dataset.dateCreated)), `${id} has a date with zone`],
  ])
}

function problemsOfFile(
  file: JsonObject,
  files: ReadonlyMap<string, Buffer>,
  root: string,
): readonly string[] {
  const id = String(file['@id'])
  const content = files.get(`${root}/${id.replace(/^\.\//, '')}`) ?? Buffer.alloc(0)
  return broken([
    [typeof file.name === 'string' && typeof file.encodingFormat === 'string', `${id} has name and format`],
    [file.contentSize === String(content.length), `${id} has its size as text`],
    [file.sha256 === createHash('sha256').update(content).digest('hex'), `${id} has its hash`],
  ])
}
