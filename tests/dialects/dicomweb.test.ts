import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDicomFile } from '../../src/modules/dicom/domain/parse-file.ts'
import { findText } from '../../src/modules/dicom/domain/read-value.ts'
import {
  EXPLICIT_BIG_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../../src/modules/dicom/domain/transfer-syntax.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { makeCompressedFile, makeDicomFile, SLICE } from '../support/dicom-files.ts'
import { type ImageSite, makeImageSite, type Person } from '../support/image-site.ts'
import { multipartBody, readParts } from '../support/multipart.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const UIDS = { StudyInstanceUID: '2.25.10', SeriesInstanceUID: '2.25.20' }
const FIRST = makeDicomFile({ ...UIDS, SOPInstanceUID: '2.25.30', PatientName: 'Müller^Jörg' })
const SECOND = makeDicomFile(
  { ...UIDS, SOPInstanceUID: '2.25.31', InstanceNumber: '2', PatientName: 'Müller^Jörg' },
  { syntax: EXPLICIT_BIG_ENDIAN },
)
const MR = makeDicomFile(
  {
    StudyInstanceUID: '2.25.11',
    SeriesInstanceUID: '2.25.21',
    SOPInstanceUID: '2.25.32',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
    Modality: 'MR',
    PatientName: 'Doe^Jane',
    PatientID: 'MR-1',
    StudyDate: '20250301',
    StudyTime: '1130',
    SeriesDescription: 'T2 axial',
    BodyPartExamined: 'HEAD',
    SeriesNumber: '7',
  },
  { syntax: IMPLICIT_LITTLE_ENDIAN },
)
const STUDY = '/dicom-web/studies/2.25.10'
const SERIES = `${STUDY}/series/2.25.20`
const INSTANCE = `${SERIES}/instances/2.25.30`
const BASE = 'http://localhost:80/dicom-web'

describe.each(wanted as DatabaseKind[])('DICOMweb (%s)', (kind) => {
  let images: ImageSite
  let person: Person
  let stranger: Person
  let compressed: Buffer

  beforeAll(async () => {
    images = await makeImageSite(kind, { dicomUploadMib: '1', publicUrl: 'http://localhost:80' })
    person = await images.makePerson('person', ['Imaging'])
    stranger = await images.makePerson('stranger', ['Physicists'])
    compressed = await makeCompressedFile({
      StudyInstanceUID: '2.25.12',
      SeriesInstanceUID: '2.25.22',
      SOPInstanceUID: '2.25.33',
    })
  })
  afterAll(() => images.close())

  const get = (url: string, headers: Record<string, string> = {}, as: Person | undefined = person) =>
    images.ask('GET', url, as, { headers })
  const store = (url: string, parts: readonly Buffer[], type = 'application/dicom') => {
    const { payload, contentType } = multipartBody(parts, type)
    return images.ask('POST', url, person, { payload, headers: { 'content-type': contentType } })
  }

  describe('storing', () => {
    it('takes in files and says where they are', async () => {
      const answer = await store('/dicom-web/studies', [FIRST, SECOND])
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/dicom+json'])
      expect(answer.json()).toEqual({
        '00081190': { vr: 'UR', Value: [`${BASE}/studies/2.25.10`] },
        '00081199': {
          vr: 'SQ',
          Value: ['2.25.30', '2.25.31'].map((uid) => ({
            '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
            '00081155': { vr: 'UI', Value: [uid] },
            '00081190': { vr: 'UR', Value: [`${BASE}/studies/2.25.10/series/2.25.20/instances/${uid}`] },
          })),
        },
      })
    })

    it('takes the same again, and the others of a request in which some fail', async () => {
      const other = makeDicomFile({ ...UIDS, SOPInstanceUID: '2.25.30', PatientName: 'Other' })
      const answer = await store('/dicom-web/studies', [FIRST, other, Buffer.from('garbage'), MR])
      expect(answer.status).toBe(202)
      expect(answer.json()).toEqual({
        '00081198': {
          vr: 'SQ',
          Value: [
            {
              '00000902': {
                vr: 'LO',
                Value: ['An instance of this SOP Instance UID is stored with other conten'],
              },
              '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
              '00081155': { vr: 'UI', Value: ['2.25.30'] },
              '00081197': { vr: 'US', Value: [0x0111] },
            },
          ],
        },
        '00081199': {
          vr: 'SQ',
          Value: [
            expect.objectContaining({ '00081155': { vr: 'UI', Value: ['2.25.30'] } }),
            expect.objectContaining({ '00081155': { vr: 'UI', Value: ['2.25.32'] } }),
          ],
        },
        '0008119A': {
          vr: 'SQ',
          Value: [
            {
              '00000902': { vr: 'LO', Value: ['This is no DICOM file.'] },
              '00081197': { vr: 'US', Value: [0xc000] },
            },
          ],
        },
      })
    })

    it('takes a single file as the body', async () => {
      const answer = await images.ask('POST', '/dicom-web/studies/2.25.12/', person, {
        payload: compressed,
        headers: { 'content-type': 'application/dicom' },
      })
      expect(answer.status).toBe(200)
    })

    it.each([
      ['another study', '/dicom-web/studies/2.25.99', [FIRST], 409, '00081198', 0xa900],
      ['too large a file', '/dicom-web/studies', [Buffer.alloc(1_100_000)], 409, '0008119A', 0xa700],
      ['nothing but garbage', '/dicom-web/studies', [Buffer.from('x')], 409, '0008119A', 0xc000],
      ['a cut file', '/dicom-web/studies', [FIRST.subarray(0, -9)], 409, '0008119A', 0xc000],
    ] as const)('fails with %s', async (_what, url, parts, status, sequence, code) => {
      const answer = await store(url, parts)
      expect(answer.status).toBe(status)
      expect(answer.json()[sequence].Value[0]['00081197']).toEqual({ vr: 'US', Value: [code] })
    })

    it.each([
      ['application/json', '{}', 415],
      ['multipart/related; type="application/dicom+json"; boundary=x', '--x--', 415],
      ['multipart/related; type="application/dicom"', 'x', 400],
      ['multipart/related; type="application/dicom"; boundary=x', '--x\r\n\r\nhalf', 400],
      ['multipart/related; type="application/dicom"; boundary=x', '--x--\r\n', 400],
      ['multipart/related; type="application/dicom"; boundary=x', 'no boundary at all', 400],
    ])('refuses a body of %s: %s', async (type, payload, status) => {
      const answer = await images.ask('POST', '/dicom-web/studies', person, {
        payload,
        headers: { 'content-type': type },
      })
      expect([answer.status, answer.json().status]).toEqual([status, status])
    })
  })

  describe('searching', () => {
    it('finds studies with all that they must tell', async () => {
      const answer = await get('/dicom-web/studies?PatientName=müller*')
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/dicom+json'])
      expect(answer.json()).toEqual([
        {
          '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
          '00080020': { vr: 'DA', Value: ['20240229'] },
          '00080030': { vr: 'TM', Value: ['101530.5'] },
          '00080050': { vr: 'SH', Value: ['ACC1234567'] },
          '00080056': { vr: 'CS', Value: ['ONLINE'] },
          '00080061': { vr: 'CS', Value: ['CT'] },
          '00080090': { vr: 'PN', Value: [{ Alphabetic: 'Referrer^Rita' }] },
          '00081030': { vr: 'LO', Value: ['Chest of Doe, 12345678'] },
          '00081190': { vr: 'UR', Value: [`${BASE}/studies/2.25.10`] },
          '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Jörg' }] },
          '00100020': { vr: 'LO', Value: ['ID-4711'] },
          '00100030': { vr: 'DA', Value: ['19500101'] },
          '00100040': { vr: 'CS', Value: ['F'] },
          '0020000D': { vr: 'UI', Value: ['2.25.10'] },
          '00200010': { vr: 'SH' },
          '00201206': { vr: 'IS', Value: [1] },
          '00201208': { vr: 'IS', Value: [2] },
        },
      ])
    })

    it.each([
      ['studies', 3],
      ['studies/', 3],
      ['studies?limit=1', 1],
      ['studies?limit=1&offset=2', 1],
      ['studies?limit=0', 0],
      ['studies?PatientName=Doe^Jane', 2],
      ['studies?PatientName=doe^j?ne', 2],
      ['studies?00100020=mr-1', 1],
      ['studies?PatientID=MR_1', 0],
      ['studies?PatientID=%25', 0],
      ['studies?PatientID=', 3],
      ['studies?StudyDate=20240229', 2],
      ['studies?StudyDate=20240301-', 1],
      ['studies?StudyDate=-20240228', 0],
      ['studies?StudyDate=20240101-20251231', 3],
      ['studies?StudyTime=11-12', 1],
      ['studies?StudyTime=10', 2],
      ['studies?StudyInstanceUID=2.25.10,2.25.11', 2],
      ['studies?StudyInstanceUID=2.25.10%5C2.25.11', 2],
      ['studies?ModalitiesInStudy=MR', 1],
      ['studies?ModalitiesInStudy=MR,CT', 3],
      ['studies?AccessionNumber=ACC*', 3],
      ['studies?PatientBirthDate=19500101&PatientSex=F', 3],
      ['series', 3],
      ['series?Modality=MR', 1],
      ['series?PatientID=MR-1&SeriesNumber=7', 1],
      ['series?SeriesDescription=t2*', 1],
      ['studies/2.25.10/series', 1],
      ['studies/2.25.10/series?BodyPartExamined=HEAD', 0],
      ['instances', 4],
      ['instances?SOPClassUID=1.2.840.10008.5.1.4.1.1.4', 1],
      ['instances?InstanceNumber=2', 1],
      ['instances?Rows=6&Modality=MR', 1],
      ['studies/2.25.10/instances', 2],
      ['studies/2.25.10/series/2.25.20/instances?SOPInstanceUID=2.25.31', 1],
      ['studies/2.25.10/series/2.25.21/instances', 0],
    ])('%s finds %i', async (query, count) => {
      const answer = await get(`/dicom-web/${encodeURI(query).replaceAll('%25', '%')}`)
      expect(answer.status).toBe(count === 0 ? 204 : 200)
      expect(count === 0 ? [] : answer.json()).toHaveLength(count)
    })

    it.each([
      ['studies?NoSuchAttribute=1', {}, 400],
      ['studies?Modality=CT', {}, 400],
      ['studies?StudyDate=yesterday', {}, 400],
      ['studies?StudyDate=2024-02-29', {}, 400],
      ['studies?StudyInstanceUID=abc', {}, 400],
      ['series?SeriesNumber=one', {}, 400],
      ['studies?limit=-1', {}, 400],
      ['studies?includefield=nothing', {}, 400],
      ['studies', { accept: 'application/dicom+xml' }, 406],
      ['patients', {}, 404],
    ])('refuses %s', async (query, headers, status) => {
      const answer = await get(`/dicom-web/${query}`, headers as Record<string, string>)
      expect([answer.status, answer.json().status]).toEqual([status, status])
    })

    it('tells further fields that are asked for, at every level', async () => {
      const [study] = (await get('/dicom-web/studies?PatientID=MR-1&includefield=InstitutionName')).json()
      expect(study).not.toHaveProperty('00080080')
      const [series] = (
        await get('/dicom-web/series?PatientID=MR-1&includefield=00080080,Manufacturer')
      ).json()
      expect(series).toMatchObject({
        '00080060': { vr: 'CS', Value: ['MR'] },
        '00080070': { vr: 'LO', Value: ['Example Works'] },
        '00080080': { vr: 'LO', Value: ['Saint Example'] },
        '00100020': { vr: 'LO', Value: ['MR-1'] },
        '00201209': { vr: 'IS', Value: [1] },
      })
      const [some] = (await get(`${SERIES}/instances?includefield=SliceThickness`)).json()
      expect(some).toMatchObject({ '00180050': { vr: 'DS', Value: [5] } })
      expect(some).not.toHaveProperty('00100010')
      const [all] = (await get(`${SERIES}/instances?includefield=all`)).json()
      expect(all).toMatchObject({ '00080070': { vr: 'LO', Value: ['Example Works'] } })
      expect(all).not.toHaveProperty('7FE00010')
    })

    it('warns of what it did not do, and of what is left', async () => {
      const answer = await get('/dicom-web/studies?fuzzymatching=true&limit=2')
      expect(answer.headers.warning).toEqual([
        `299 ${BASE} "The fuzzymatching parameter is not supported. Only literal matching has been performed."`,
        `299 ${BASE} "The number of results exceeded the maximum. There are 1 additional results that can be requested."`,
      ])
    })

    it('shows nobody what is not theirs', async () => {
      expect((await get('/dicom-web/studies', {}, stranger)).status).toBe(403)
      const answer = await images.ask('GET', '/dicom-web/studies')
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="dicom-web"'])
      const outsider = await images.makePerson('outsider', ['Elsewhere'])
      await images.grantView(outsider)
      expect((await get('/dicom-web/studies', {}, outsider)).status).toBe(204)
      for (const url of [
        STUDY,
        `${STUDY}/metadata`,
        INSTANCE,
        `${INSTANCE}/frames/1`,
        `${INSTANCE}/rendered`,
      ])
        expect((await get(url, {}, outsider)).status, url).toBe(404)
    })
  })

  describe('metadata', () => {
    it('is the DICOM JSON model with addresses of bulk data', async () => {
      const answer = await get(`${SERIES}/metadata`)
      const models = answer.json()
      expect(models).toHaveLength(2)
      expect(models[0]).toMatchObject({
        '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
        '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Jörg' }] },
        '7FE00010': {
          vr: 'OW',
          BulkDataURI: `${BASE}/studies/2.25.10/series/2.25.20/instances/2.25.30/bulkdata/7FE00010`,
        },
      })
      expect(Object.keys(models[0])).toEqual([...Object.keys(models[0])].sort())
    })

    it('is not sent again to who has it', async () => {
      const { headers } = await get(`${INSTANCE}/metadata`)
      const again = await get(`${INSTANCE}/metadata`, { 'if-none-match': String(headers.etag) })
      expect([again.status, again.bytes.length]).toEqual([304, 0])
    })
  })

  describe('files', () => {
    it('come as parts, those of other byte orders in explicit little endian', async () => {
      const answer = await get(STUDY, { accept: 'multipart/related; type="application/dicom"' })
      const parts = readParts(answer.bytes, String(answer.headers['content-type']))
      expect(parts.map(({ headers }) => headers['content-type'])).toEqual([
        'application/dicom; transfer-syntax=1.2.840.10008.1.2.1',
        'application/dicom; transfer-syntax=1.2.840.10008.1.2.1',
      ])
      expect(parts[0]?.content.equals(FIRST)).toBe(true)
      const converted = parseDicomFile(parts[1]?.content ?? Buffer.alloc(0))
      expect(converted.transferSyntax.uid).toBe('1.2.840.10008.1.2.1')
      expect(findText(converted.dataSet, 0x00080018)).toBe('2.25.31')
      const pixels = converted.dataSet.elements.get(0x7fe00010)
      const original = parseDicomFile(FIRST).dataSet.elements.get(0x7fe00010)
      expect(pixels?.source.read(pixels.start, pixels.start + pixels.length)).toEqual(
        original?.source.read(original.start, original.start + original.length),
      )
    })

    it('come as they are stored where any form will do, or alone', async () => {
      const stored = await get(`${SERIES}/instances/2.25.31`, {
        accept: 'application/dicom; transfer-syntax=*',
      })
      expect([stored.headers['content-type'], stored.bytes.equals(SECOND)]).toEqual([
        'application/dicom; transfer-syntax=1.2.840.10008.1.2.2',
        true,
      ])
    })

    it.each([
      ['1.2.840.10008.1.2', 200],
      ['1.2.840.10008.1.2.1', 200],
      ['1.2.840.10008.1.2.5', 200],
      ['1.2.840.10008.1.2.4.80', 200],
      ['1.2.840.10008.1.2.4.50', 406],
      ['1.2.3', 406],
    ])('of compressed images come in %s: %i', async (syntax, status) => {
      const answer = await get('/dicom-web/studies/2.25.12/series/2.25.22/instances/2.25.33', {
        accept: `application/dicom; transfer-syntax=${syntax}`,
      })
      expect(answer.status).toBe(status)
      if (status === 200) expect(parseDicomFile(answer.bytes).transferSyntax.uid).toBe(syntax)
    })

    it('are refused in forms that nobody can give', async () => {
      for (const accept of ['image/svg+xml', 'multipart/related; type="image/png"', 'application/dicom;q=0'])
        expect((await get(STUDY, { accept })).status, accept).toBe(406)
      expect((await get('/dicom-web/studies/2.25.99')).status).toBe(404)
      expect((await get(`${STUDY}/series/2.25.21`)).status).toBe(404)
    })
  })

  describe('bulk data', () => {
    const pixels = () => {
      const element = parseDicomFile(FIRST).dataSet.elements.get(0x7fe00010)
      return element?.source.read(element.start, element.start + element.length) ?? Buffer.alloc(0)
    }

    it('is given whole, in parts, and as a part', async () => {
      const url = `${INSTANCE}/bulkdata/7FE00010`
      const whole = await get(url)
      expect([whole.headers['content-type'], whole.bytes]).toEqual(['application/octet-stream', pixels()])
      const range = await get(url, { range: 'bytes=2-5' })
      expect([range.status, range.headers['content-range'], range.bytes]).toEqual([
        206,
        `bytes 2-5/${pixels().length}`,
        pixels().subarray(2, 6),
      ])
      const tail = await get(url, { range: 'bytes=-3' })
      expect(tail.bytes).toEqual(pixels().subarray(-3))
      expect((await get(url, { range: 'bytes=9999-' })).status).toBe(416)
      const part = await get(url, { accept: 'multipart/related; type="application/octet-stream"' })
      expect(readParts(part.bytes, String(part.headers['content-type']))[0]?.content).toEqual(pixels())
      expect((await get(`${INSTANCE}/bulkdata/00100010`)).status).toBe(404)
    })

    it('is little endian wherever it comes from', async () => {
      const answer = await get(`${SERIES}/instances/2.25.31/bulkdata/7FE00010`)
      expect(answer.bytes).toEqual(pixels())
    })
  })

  describe('frames', () => {
    it('are samples in little endian', async () => {
      const answer = await get(`${INSTANCE}/frames/1`)
      const [part] = readParts(answer.bytes, String(answer.headers['content-type']))
      expect(part?.headers).toEqual({
        'content-type': 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1',
        'content-location': `${BASE}/studies/2.25.10/series/2.25.20/instances/2.25.30/frames/1`,
      })
      expect(part?.content.length).toBe(SLICE.rows * SLICE.columns * 2)
      const big = await get(`${SERIES}/instances/2.25.31/frames/1`, { accept: 'application/octet-stream' })
      expect(big.bytes).toEqual(part?.content)
    })

    it('of compressed images are decoded, or as they are stored', async () => {
      const url = '/dicom-web/studies/2.25.12/series/2.25.22/instances/2.25.33/frames/2,1'
      const decoded = await get(url)
      const parts = readParts(decoded.bytes, String(decoded.headers['content-type']))
      expect(parts.map(({ content }) => content.length)).toEqual([48, 48])
      for (const accept of [
        'multipart/related; type="image/dicom-rle"',
        'multipart/related; type="application/octet-stream"; transfer-syntax=*',
      ]) {
        const stored = await get(url, { accept })
        const [second, first] = readParts(stored.bytes, String(stored.headers['content-type']))
        expect(second?.headers['content-type']).toBe('image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5')
        expect(
          createHash('sha256')
            .update(first?.content ?? '')
            .digest('hex'),
        ).not.toBe(
          createHash('sha256')
            .update(second?.content ?? '')
            .digest('hex'),
        )
      }
      expect((await get(url, { accept: 'multipart/related; type="image/jpeg"' })).status).toBe(406)
    })

    it.each([
      ['2', 404],
      ['0', 400],
      ['1,x', 400],
    ])('%s of a picture with one: %i', async (frames, status) => {
      expect((await get(`${INSTANCE}/frames/${frames}`)).status).toBe(status)
    })
  })

  describe('pictures', () => {
    it.each([
      [`${INSTANCE}/rendered`, '*/*', 'image/jpeg'],
      [`${INSTANCE}/rendered?window=100,50,linear&quality=30&viewport=3,3`, 'image/png', 'image/png'],
      [`${INSTANCE}/rendered?viewport=2,2,1,1,2,2`, 'image/png', 'image/png'],
      [`${INSTANCE}/rendered`, 'image/gif', 'image/gif'],
      [`${INSTANCE}/rendered`, 'image/webp, image/png;q=0.5, image/jpeg;q=0.1', 'image/png'],
      [`${INSTANCE}/frames/1/rendered`, 'image/*', 'image/jpeg'],
      [`${SERIES}/rendered`, '*/*', 'image/jpeg'],
      [`${STUDY}/thumbnail`, '*/*', 'image/jpeg'],
      [`${SERIES}/thumbnail?viewport=32,32`, 'image/png', 'image/png'],
      [`${INSTANCE}/frames/1/thumbnail`, '*/*', 'image/jpeg'],
      [`${INSTANCE}/rendered?accept=image/png`, 'image/jpeg', 'image/png'],
    ])('%s for %s', async (url, accept, type) => {
      const answer = await get(url, { accept })
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.bytes.length).toBeGreaterThan(30)
    })

    it('come one for each instance where parts are accepted', async () => {
      const answer = await get(`${SERIES}/rendered`, { accept: 'multipart/related; type="image/png"' })
      const parts = readParts(answer.bytes, String(answer.headers['content-type']))
      expect(parts.map(({ headers }) => headers['content-type'])).toEqual(['image/png', 'image/png'])
    })

    it.each([
      ['window=1', 400],
      ['window=1,0,linear', 400],
      ['window=1,1,cubic', 400],
      ['viewport=0,5', 400],
      ['viewport=1', 400],
      ['quality=0', 400],
    ])('with %s: %i', async (query, status) => {
      expect((await get(`${INSTANCE}/rendered?${query}`)).status).toBe(status)
    })

    it('are refused as video', async () => {
      expect((await get(`${INSTANCE}/rendered`, { accept: 'video/mp4' })).status).toBe(406)
    })
  })

  it('answers the old address of WADO-URI', async () => {
    const uids = 'studyUID=2.25.10&seriesUID=2.25.20&objectUID=2.25.31'
    const file = await get(`/wado?requestType=WADO&${uids}&contentType=application/dicom`)
    expect(parseDicomFile(file.bytes).transferSyntax.uid).toBe('1.2.840.10008.1.2.1')
    const picture = await get(`/wado?requestType=WADO&${uids}&rows=3&windowCenter=100&windowWidth=50`)
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect((await get(`/wado?${uids}`)).status).toBe(400)
    expect((await get('/wado?requestType=WADO&studyUID=2.25.10')).status).toBe(400)
    expect((await get(`/wado?requestType=WADO&${uids}&contentType=text/html`)).status).toBe(406)
  })

  it('says what it can do, and answers alone too', async () => {
    const answer = await images.ask('OPTIONS', '/dicom-web/', person)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/vnd.sun.wadl+xml'])
    expect((await get('/compat/dicomweb/dicom-web/studies')).status).toBe(200)
  })
})
