import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCompressedFile, makeDicomFile, SLICE, zipOf } from '../support/dicom-files.ts'
import { fileOf, formOf, type ImageSite, makeImageSite, type Person } from '../support/image-site.ts'
import { multipartBody } from '../support/multipart.ts'

/** Cases of every run, and of the nightly one. */
const CASES = process.env.TOUCHSTONE_NIGHTLY ? 20_000 : 1000

let images: ImageSite
let person: Person
let files: readonly Buffer[]

beforeAll(async () => {
  images = await makeImageSite('sqlite', { dicomUploadMib: '1' })
  person = await images.makePerson('fuzzer', ['Imaging'])
  const slice = makeDicomFile()
  files = [
    slice,
    makeDicomFile(
      { SOPInstanceUID: '2.25.5' },
      { pixels: { ...SLICE, bitsAllocated: 8, bitsStored: 8, frames: 3 } },
    ),
    await makeCompressedFile({ SOPInstanceUID: '2.25.6' }),
    zipOf([['a.dcm', slice]]),
  ]
})
afterAll(() => images.close())

/** A file with some bytes changed, cut out or put in twice. */
const mutated = fc
  .record({
    file: fc.nat(3),
    changes: fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { maxLength: 12 }),
    cut: fc.option(fc.record({ at: fc.nat(), count: fc.nat(200) }), { nil: undefined }),
    twice: fc.option(fc.record({ at: fc.nat(), count: fc.nat(200) }), { nil: undefined }),
  })
  .map(({ file, changes, cut, twice }) => {
    let bytes = Buffer.from(files[file] ?? Buffer.alloc(0))
    for (const { at, byte } of changes) bytes[at % bytes.length] = byte
    if (cut) {
      const at = cut.at % bytes.length
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + cut.count)])
    }
    if (twice && bytes.length > 0) {
      const at = twice.at % bytes.length
      bytes = Buffer.concat([bytes.subarray(0, at + twice.count), bytes.subarray(at)])
    }
    return bytes
  })

/** Where a client can send a file; each takes a share of the cases. */
const WAYS = {
  async read(content: Buffer): Promise<number> {
    const form = await formOf([['file', fileOf('file.dcm', content)]])
    return (await images.ask('POST', '/api/dicom/read/file/', person, form)).status
  },
  async readArchive(content: Buffer): Promise<number> {
    const form = await formOf([['file', fileOf('file.zip', content)]])
    return (await images.ask('POST', '/api/dicom/read/file/', person, form)).status
  },
  async store(content: Buffer): Promise<number> {
    const { payload, contentType } = multipartBody([content])
    const headers = { 'content-type': contentType }
    return (await images.ask('POST', '/dicom-web/studies', person, { payload, headers })).status
  },
  async upload(content: Buffer): Promise<number> {
    const form = await formOf([['file', fileOf('file', content)]])
    return (await images.ask('POST', '/api/v1/dicom/studies', person, form)).status
  },
} as const

it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
  'answers damaged files sent to %s in time, and never with a defect',
  async (way) => {
    await fc.assert(
      fc.asyncProperty(mutated, async (content) => {
        const status = await WAYS[way](content)
        expect([200, 202, 400, 409, 429], String(status)).toContain(status)
      }),
      { numRuns: CASES / Object.keys(WAYS).length, interruptAfterTimeLimit: 1_800_000 },
    )
  },
  3_600_000,
)

it('shows whatever of it was stored, or says why it cannot', async () => {
  const found = (await images.ask('GET', '/dicom-web/instances?limit=50', person)).json()
  expect(found.length).toBeGreaterThan(0)
  for (const instance of found) {
    const [url] = instance['00081190'].Value
    const path = new URL(url).pathname
    for (const what of ['/metadata', '/rendered', '/frames/1', '', '/thumbnail']) {
      const { status } = await images.ask('GET', `${path}${what}`, person)
      expect([200, 400, 404], `${path}${what}`).toContain(status)
    }
  }
}, 120_000)

it('takes queries of any kind as such', async () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('PatientName', 'limit', 'StudyDate', '*', '-', ',', '%00'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, word), { maxLength: 4 }), word, async (query, accept) => {
      const text = new URLSearchParams(query).toString()
      const headers = { accept: accept.replaceAll(/[^\x20-\x7e]/g, '') || '*/*' }
      const answer = await images.ask('GET', `/dicom-web/studies?${text}`, person, { headers })
      expect([200, 204, 400, 406], text).toContain(answer.status)
    }),
    { numRuns: CASES / 4 },
  )
}, 600_000)
