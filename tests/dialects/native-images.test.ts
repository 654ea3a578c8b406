import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../src/modules/dicom/domain/byte-source.ts'
import { parseDicomFile } from '../../src/modules/dicom/domain/parse-file.ts'
import { findText } from '../../src/modules/dicom/domain/read-value.ts'
import { listZipEntries, unpackEntry } from '../../src/modules/dicom/threads/zip-archive.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { makeDicomFile, zipOf } from '../support/dicom-files.ts'
import { fileOf, formOf, type ImageSite, makeImageSite, type Person } from '../support/image-site.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const UIDS = {
  StudyInstanceUID: '2.25.10',
  SeriesInstanceUID: '2.25.20',
  SOPInstanceUID: '2.25.30',
  ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
}
const FIRST = makeDicomFile({ ...UIDS, PatientName: 'Doe^Jane^^Dr', StudyDescription: 'Chest 50%' })
const SECOND = makeDicomFile({
  ...UIDS,
  PatientName: 'Doe^Jane^^Dr',
  StudyDescription: 'Chest 50%',
  SOPInstanceUID: '2.25.31',
  InstanceNumber: '2',
  ImagePositionPatient: ['-100', '-100.5', '7'],
})

describe.each(wanted as DatabaseKind[])('images in the native API (%s)', (kind) => {
  let images: ImageSite
  let owner: Person
  let colleague: Person
  let stranger: Person
  let developer: Person
  let administrator: Person

  beforeAll(async () => {
    images = await makeImageSite(kind, { dicomUploadMib: '1' })
    owner = await images.makePerson('owner', ['Imaging', 'Ward 1'])
    colleague = await images.makePerson('colleague', ['Ward 1', 'Imaging'])
    stranger = await images.makePerson('stranger', ['Physicists'])
    developer = await images.makePerson('dev', ['Developers'])
    administrator = await images.makePerson('lonely', ['Imaging'])
  })
  afterAll(() => images.close())

  async function upload(
    as: Person,
    files: readonly File[],
    fields: readonly (readonly [string, string])[] = [],
  ) {
    const form = await formOf([...fields, ...files.map((file) => ['file', file] as const)])
    return images.ask('POST', '/api/v1/dicom/studies', as, form)
  }

  it('takes in files, knows them again, and says what it refused and why', async () => {
    const answer = await upload(owner, [
      fileOf('a.dcm', FIRST),
      fileOf('b.dcm', SECOND),
      fileOf('a-again.dcm', FIRST),
      fileOf('cut.dcm', FIRST.subarray(0, FIRST.length - 20)),
      fileOf('text.txt', Buffer.from('This is no image, and never was one.')),
      fileOf('DICOMDIR', FIRST),
      fileOf('other.dcm', makeDicomFile({ ...UIDS, PatientName: 'Doe^Jane^^Dr', StudyDescription: 'Other' })),
    ])
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({
      results: [
        {
          name: 'a.dcm',
          outcome: 'stored',
          studyUid: '2.25.10',
          seriesUid: '2.25.20',
          instanceUid: '2.25.30',
        },
        { name: 'b.dcm', outcome: 'stored', instanceUid: '2.25.31', warnings: [] },
        { name: 'a-again.dcm', outcome: 'duplicate' },
        { name: 'cut.dcm', outcome: 'refused', reason: 'The file is cut off.' },
        { name: 'text.txt', outcome: 'refused', reason: 'This is no DICOM file.' },
        { name: 'DICOMDIR', outcome: 'skipped' },
        {
          name: 'other.dcm',
          outcome: 'refused',
          reason: 'An instance of this SOP Instance UID is stored with other content.',
        },
      ],
      stored: 2,
      duplicates: 1,
      refused: 3,
      skipped: 1,
      studies: [{ studyUid: '2.25.10', patientName: 'Doe, Jane Dr' }],
    })
  })

  it('lists a study to those who may see it, and to nobody else', async () => {
    const list = async (as: Person) => (await images.ask('GET', '/api/v1/dicom/studies', as)).json()
    expect(await list(owner)).toMatchObject({
      total: 1,
      limit: 50,
      offset: 0,
      modalities: ['CT'],
      items: [
        {
          studyUid: '2.25.10',
          patientName: 'Doe, Jane Dr',
          patientId: 'ID-4711',
          patientBirthDate: '1950-01-01',
          patientSex: 'F',
          studyDate: '2024-02-29',
          studyTime: '10:15:30.5',
          accessionNumber: 'ACC1234567',
          description: 'Chest 50%',
          referringPhysician: 'Referrer, Rita',
          modalities: ['CT'],
          seriesCount: 1,
          instanceCount: 2,
          sizeBytes: FIRST.length + SECOND.length,
          storedBy: { id: owner.id, name: 'owner' },
          deleted: null,
        },
      ],
    })
    expect((await list(colleague)).total).toBe(1)
    for (const person of [stranger, developer])
      expect((await images.ask('GET', '/api/v1/dicom/studies', person)).status).toBe(403)
    expect((await images.ask('GET', '/api/v1/dicom/studies')).status).toBe(401)
  })

  it.each([
    ['q=jane', 1],
    ['q=DOE, jane', 1],
    ['q=2.25.10', 1],
    ['q=nobody', 0],
    ['patientName=doe jane', 1],
    ['patientName=jo_', 0],
    ['patientId=4711', 1],
    ['description=50%25', 1],
    ['description=5%250', 0],
    ['accession=acc123', 1],
    ['dateFrom=2024-02-29&dateTo=2024-02-29', 1],
    ['dateFrom=2024-03-01', 0],
    ['modality=MR,CT', 1],
    ['modality=MR', 0],
    ['order=patientName&limit=1&offset=1', 1],
  ])('finds by %s', async (query, total) => {
    const answer = await images.ask(
      'GET',
      `/api/v1/dicom/studies?${encodeURI(query).replaceAll('%2525', '%25')}`,
      owner,
    )
    expect(answer.json().total, query).toBe(total)
  })

  it.each(['order=color', 'limit=0', 'limit=501', 'dateFrom=yesterday', 'modality=%27'])(
    'refuses the query %s',
    async (query) => {
      expect((await images.ask('GET', `/api/v1/dicom/studies?${query}`, owner)).status).toBe(400)
    },
  )

  it('shows a study with its slices in their order in space', async () => {
    const { json } = await images.ask('GET', '/api/v1/dicom/studies/2.25.10', colleague)
    expect(json()).toMatchObject({
      may: { store: true, export: true, delete: false },
      series: [
        {
          seriesUid: '2.25.20',
          modality: 'CT',
          instances: [
            { instanceUid: '2.25.31', sopClassName: 'CT Image Storage', instanceNumber: 2 },
            { instanceUid: '2.25.30', frames: 1, rows: 6, columns: 4, problem: null },
          ],
        },
      ],
    })
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.99', owner)).status).toBe(404)
  })

  it('lists the elements of an instance, and finds in them', async () => {
    const all = await images.ask('GET', '/api/v1/dicom/instances/2.25.30/elements?limit=10000', owner)
    expect(all.json().items).toContainEqual({
      tag: '(0010,0010)',
      keyword: 'PatientName',
      name: "Patient's Name",
      vr: 'PN',
      value: 'Doe^Jane^^Dr',
      depth: 0,
      item: null,
    })
    const some = await images.ask('GET', '/api/v1/dicom/instances/2.25.30/elements?q=jane', owner)
    expect([some.json().total, some.json().items.length]).toEqual([1, 1])
  })

  it('says what a viewer must know, and gives the samples as they are', async () => {
    const facts = await images.ask('GET', '/api/v1/dicom/instances/2.25.30/pixels', owner)
    expect(facts.json()).toMatchObject({
      rows: 6,
      columns: 4,
      frames: 1,
      samplesPerPixel: 1,
      sampleType: 'uint16',
      bitsStored: 12,
      position: [-100, -100.5, 12],
      spacingMm: null,
    })
    const frame = await images.ask('GET', '/api/v1/dicom/instances/2.25.30/frames/1/pixels', owner)
    const { dataSet } = parseDicomFile(FIRST)
    const stored = dataSet.elements.get(0x7fe00010)
    expect(frame.bytes).toEqual(stored?.source.read(stored.start, stored.start + stored.length))
    expect(frame.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-photometric-interpretation': 'MONOCHROME2',
    })
    for (const [frameNumber, status] of [
      ['2', 404],
      ['0', 400],
      ['x', 400],
    ] as const) {
      const url = `/api/v1/dicom/instances/2.25.30/frames/${frameNumber}/pixels`
      expect((await images.ask('GET', url, owner)).status).toBe(status)
    }
  })

  it.each([
    ['', 'image/png', '\x89PNG'],
    ['?format=jpeg&quality=50', 'image/jpeg', '\xff\xd8'],
    ['?format=gif', 'image/gif', 'GIF89a'],
    ['?center=100&width=50&function=SIGMOID&size=3', 'image/png', '\x89PNG'],
  ])('renders a frame with %s', async (query, type, begin) => {
    const answer = await images.ask('GET', `/api/v1/dicom/instances/2.25.30/frames/1/rendered${query}`, owner)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
    expect(answer.bytes.toString('latin1', 0, begin.length)).toBe(begin)
  })

  it('hands out a file as it was stored, and a study as an archive', async () => {
    const file = await images.ask('GET', '/api/v1/dicom/instances/2.25.30/file', owner)
    expect([file.headers['content-type'], file.bytes.equals(FIRST)]).toEqual(['application/dicom', true])
    const archive = await images.ask('GET', '/api/v1/dicom/studies/2.25.10/archive', owner)
    const source = memorySource(archive.bytes)
    const entries = listZipEntries(source)
    expect(entries.map(({ name, checksum }) => [name, checksum])).toEqual([
      ['series-1/image-0001.dcm', crc32(SECOND)],
      ['series-1/image-0002.dcm', crc32(FIRST)],
    ])
  })

  it('hands out copies without identity, with a report that tells no old value', async () => {
    const answer = await images.ask('POST', '/api/v1/dicom/studies/2.25.10/deidentified', owner, {
      payload: { options: ['retain-patient-characteristics'] },
    })
    const source = memorySource(answer.bytes)
    const entries = listZipEntries(source)
    expect(entries.map(({ name }) => name)).toEqual([
      'series-1/image-0001.dcm',
      'series-1/image-0002.dcm',
      'report.json',
    ])
    const contents = entries.map((entry) => unpackEntry(source, entry) ?? Buffer.alloc(0))
    const copies = contents.slice(0, 2).map((content) => parseDicomFile(content).dataSet)
    expect(new Set(copies.map((copy) => findText(copy, 0x0020000d))).size).toBe(1)
    expect(copies.map((copy) => findText(copy, 0x00100040))).toEqual(['F', 'F'])
    for (const content of contents) expect(content.toString('latin1')).not.toMatch(/Jane|4711|2\.25\.30/)
    const report = JSON.parse(String(contents[2]))
    expect(report.files[0].changes).toContainEqual({
      tag: '(0010,0020)',
      path: 'PatientID',
      action: 'replaced',
    })
    const wrong = await images.ask('POST', '/api/v1/dicom/studies/2.25.10/deidentified', owner, {
      payload: { options: ['everything'] },
    })
    expect(wrong.status).toBe(400)
  })

  it('takes in an archive entry by entry', async () => {
    const archive = zipOf([
      ['study/one', makeDicomFile({ ...UIDS, StudyInstanceUID: '2.25.11', SOPInstanceUID: '2.25.41' })],
      ['study/viewer.exe', Buffer.from('MZ and much more of a program')],
      ['study/inner.zip', zipOf([['x', FIRST]])],
      ['DICOMDIR', FIRST],
    ])
    const answer = await upload(owner, [fileOf('disc.zip', archive)], [['group', String(owner.groupIds[1])]])
    expect(answer.json()).toMatchObject({
      stored: 1,
      refused: 0,
      results: [
        { name: 'disc.zip/study/one', outcome: 'stored' },
        { name: 'disc.zip/study/viewer.exe', outcome: 'skipped' },
        { name: 'disc.zip/study/inner.zip', outcome: 'skipped' },
        { name: 'disc.zip/DICOMDIR', outcome: 'skipped' },
      ],
    })
    // shared with the ward alone
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.11', colleague)).status).toBe(200)
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.11', administrator)).status).toBe(404)
  })

  it('keeps a study from those outside of its groups, also when they send more of it', async () => {
    const more = makeDicomFile({ ...UIDS, StudyInstanceUID: '2.25.11', SOPInstanceUID: '2.25.42' })
    const answer = await upload(administrator, [fileOf('more.dcm', more)])
    expect(answer.json().results).toEqual([
      { name: 'more.dcm', outcome: 'refused', reason: 'The study is stored and not yours to see.' },
    ])
    for (const path of [
      'instances/2.25.41/file',
      'instances/2.25.41/pixels',
      'instances/2.25.41/elements',
      'instances/2.25.41/frames/1/rendered',
      'studies/2.25.11/archive',
    ])
      expect((await images.ask('GET', `/api/v1/dicom/${path}`, administrator)).status, path).toBe(404)
  })

  it('is shared by whoever stored it', async () => {
    const share = (as: Person, groups: readonly number[]) =>
      images.ask('PUT', '/api/v1/dicom/studies/2.25.11/groups', as, { payload: { groups } })
    expect((await share(colleague, [])).status).toBe(403)
    expect((await share(owner, [999_999])).status).toBe(400)
    const shared = await share(owner, owner.groupIds)
    expect(shared.json().groups.length).toBe(2)
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.11', administrator)).status).toBe(200)
  })

  it('refuses what is too large, no form, or empty', async () => {
    const large = await upload(owner, [fileOf('large.dcm', Buffer.alloc(1_100_000))])
    expect(large.json().results).toEqual([
      { name: 'large.dcm', outcome: 'refused', reason: 'The file is too large.' },
    ])
    expect((await upload(owner, [])).status).toBe(400)
    expect((await images.ask('POST', '/api/v1/dicom/studies', owner, { payload: {} })).status).toBe(400)
    expect((await upload(developer, [fileOf('a.dcm', FIRST)])).status).toBe(403)
  })

  it('goes into the bin with a reason, and comes back unless it was stored anew', async () => {
    const keeper = await images.makePerson('keeper', ['Imaging'])
    const remove = (as: Person, reason?: string) =>
      images.ask('DELETE', '/api/v1/dicom/studies/2.25.11', as, reason ? { payload: { reason } } : {})
    expect((await remove(keeper, 'wrong patient')).status).toBe(403)
    await images.grantAll(keeper)
    expect((await remove(keeper)).status).toBe(400)
    expect((await remove(keeper, 'wrong patient')).status).toBe(204)
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.11', owner)).status).toBe(404)
    expect((await images.ask('GET', '/api/v1/dicom/instances/2.25.41/file', owner)).status).toBe(404)
    const bin = await images.ask('GET', '/api/v1/dicom/studies?bin=true', keeper)
    expect(bin.json().items).toMatchObject([
      { studyUid: '2.25.11', deleted: { by: 'keeper', reason: 'wrong patient' } },
    ])
    expect((await images.ask('GET', '/api/v1/dicom/studies?bin=true', owner)).status).toBe(403)
    const restore = () => images.ask('POST', '/api/v1/dicom/studies/2.25.11/restore', keeper)
    expect((await restore()).status).toBe(200)
    expect((await images.ask('GET', '/api/v1/dicom/studies/2.25.11', owner)).status).toBe(200)
    expect((await remove(keeper, 'again')).status).toBe(204)
    const anew = makeDicomFile({ ...UIDS, StudyInstanceUID: '2.25.11', SOPInstanceUID: '2.25.41' })
    expect((await upload(owner, [fileOf('anew.dcm', anew)])).json().stored).toBe(1)
    expect((await restore()).status).toBe(409)
  })

  it('stores a study once when its files come at the same time', async () => {
    const files = [1, 2, 3, 4, 5, 6].map((number) =>
      makeDicomFile({ ...UIDS, StudyInstanceUID: '2.25.12', SOPInstanceUID: `2.25.5${number}` }),
    )
    const answers = await Promise.all(
      files.map((file, index) => upload(owner, [fileOf(`${index}.dcm`, file)])),
    )
    expect(answers.map((answer) => answer.json().stored)).toEqual([1, 1, 1, 1, 1, 1])
    const { json } = await images.ask('GET', '/api/v1/dicom/studies/2.25.12', owner)
    expect([json().seriesCount, json().instanceCount]).toEqual([1, 6])
  })

  it('takes in more archives at the same time than there are threads', async () => {
    const archives = [1, 2, 3, 4, 5].map((number) =>
      zipOf(
        [1, 2].map((entry): [string, Buffer] => [
          `${entry}.dcm`,
          makeDicomFile({ ...UIDS, StudyInstanceUID: '2.25.13', SOPInstanceUID: `2.25.6${number}${entry}` }),
        ]),
      ),
    )
    const answers = await Promise.all(
      archives.map((archive, index) => upload(owner, [fileOf(`${index}.zip`, archive)])),
    )
    expect(answers.map((answer) => answer.json().stored)).toEqual([2, 2, 2, 2, 2])
  })

  it('records who read what by UIDs alone', async () => {
    const entries = await images.auditEntries()
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set([
        'dicom.study.store',
        'dicom.study.list',
        'dicom.study.read',
        'dicom.study.download',
        'dicom.study.deidentify',
        'dicom.study.share',
        'dicom.study.delete',
        'dicom.study.restore',
      ]),
    )
    expect(JSON.stringify(entries)).not.toMatch(/Jane|4711|ACC1234567/)
  })
})
