import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { asSystem } from '../../src/context.ts'
import { compare } from '../../src/core/query.ts'
import { createDicomApiDialect } from '../../src/dialects/dicom-api/dialect.ts'
import { ownsDicomApi } from '../../src/dialects/dicom-api/owns.ts'
import { createUser } from '../../src/modules/access/create-user.ts'
import { groupRecord } from '../../src/modules/access/records/group.ts'
import { startSession } from '../../src/modules/access/start-session.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import { example, exampleImage, exampleSamples } from '../../src/modules/dicom/domain/example-files.ts'
import { parseDicomFile } from '../../src/modules/dicom/domain/parse-file.ts'
import { encodePng } from '../../src/modules/dicom/domain/png.ts'
import { findText } from '../../src/modules/dicom/domain/read-value.ts'
import { writeDicomFile } from '../../src/modules/dicom/domain/write-file.ts'
import { developerRecord } from '../../src/modules/dicom/records/developer.ts'
import { listRecords } from '../../src/modules/records/list-records.ts'
import { changeRecord } from '../../src/modules/records/save-record.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { createServer } from '../../src/platform/http/create-server.ts'
import { dialectPart } from '../../src/platform/http/dialect.ts'
import type { Site } from '../../src/site.ts'
import { makeSitePlace, openTestSite, removeSitePlace, type SitePlace } from '../support/make-site.ts'

const NOW = new Date('2025-01-05T15:00:00Z')
const PASSWORD = 'securepassword123'
const EMAIL = 'user5@example.com'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const PIXELS = { rows: 6, columns: 4, bitsAllocated: 8, frames: 2 } as const
const FILE = writeDicomFile(
  exampleImage(PIXELS, exampleSamples(PIXELS), [
    example('PatientName', 'Rubo DEMO'),
    example('Modality', 'XA'),
  ]),
)
const PNG = encodePng({
  rows: 2,
  columns: 3,
  channels: 1,
  bits: 8,
  pixels: Uint8Array.of(0, 50, 100, 150, 200, 250),
})

type Form = Readonly<Record<string, string | File | readonly string[]>>

async function formOf(parts: Form): Promise<Pick<InjectOptions, 'payload'> & { type: string }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    for (const one of [value].flat() as (string | File)[]) {
      if (typeof one === 'string') form.append(name, one)
      else form.append(name, one, one.name)
    }
  }
  const response = new Response(form)
  const type = response.headers.get('content-type') ?? ''
  return { payload: Buffer.from(await response.arrayBuffer()), type }
}

describe.each(wanted as DatabaseKind[])('the DICOM API (%s)', (kind) => {
  let place: SitePlace
  let site: Site
  let app: App
  beforeAll(async () => {
    place = await makeSitePlace(kind)
    site = await openTestSite(place, { now: () => NOW })
    await addUser(EMAIL)
    app = await createApp(site, { demo: false })
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
    await removeSitePlace(place)
  })

  async function addUser(email: string, groups: readonly string[] = ['Imaging']): Promise<number> {
    const ctx = asSystem(site.base, 'test')
    const page = { where: compare('name', 'in', groups), order: [], limit: 9, offset: 0 }
    const { rows } = await listRecords(ctx, groupRecord, page, { total: 'none', relations: 'none' })
    const user = {
      username: email,
      password: PASSWORD,
      email,
      firstName: 'Ursula',
      lastName: 'Fifth',
      groups: rows.map(({ id }) => id),
    }
    return (await createUser(ctx, site.access, user, { password: 'unchecked' })).id
  }

  async function ask(
    method: string,
    url: string,
    parts: { auth?: string; json?: unknown; form?: Form } = {},
  ) {
    const { auth, json, form } = parts
    const headers: Record<string, string> = auth === undefined ? {} : { authorization: auth }
    const sent = form && (await formOf(form))
    if (sent) headers['content-type'] = sent.type
    if (json !== undefined) headers['content-type'] = 'application/json'
    const payload = sent?.payload ?? (json === undefined ? undefined : JSON.stringify(json))
    const answer = await app.server.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers['content-type']) === 'application/json'
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson ? answer.json() : answer.rawPayload,
    }
  }

  async function signIn(email = EMAIL): Promise<string> {
    const { status, body } = await ask('POST', '/api/token/', { json: { email, password: PASSWORD } })
    expect(status).toBe(200)
    return `Bearer ${body.access}`
  }

  let people = 0

  /** Somebody new, signed in, with a profile and a key. */
  async function makeDeveloper(): Promise<{ id: number; bearer: string; key: string }> {
    people += 1
    const email = `dev${people}@example.com`
    const id = await addUser(email, ['Developers'])
    const bearer = await signIn(email)
    await ask('POST', '/api/developer/profiles/', { auth: bearer, json: {} })
    const { body } = await ask('POST', '/api-keys/', { auth: bearer, json: {} })
    return { id, bearer, key: `ApiKey ${body.key}` }
  }

  function upload(parts: Form = {}, name = 'dicom-file.dcm', content = FILE): Form {
    return { file: new File([new Uint8Array(content)], name), ...parts }
  }

  it('follows the documented steps', async () => {
    const token = await ask('POST', '/api/token/', { json: { email: EMAIL, password: PASSWORD } })
    expect(token.status).toBe(200)
    expect(Object.keys(token.body)).toEqual(['refresh', 'access'])
    expect(token.headers['content-type']).toBe('application/json')
    expect(token.headers['set-cookie']).toContain('Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax')
    const auth = `Bearer ${token.body.access}`
    const refreshed = await ask('POST', '/api/token/refresh/', { json: { refresh: token.body.refresh } })
    expect(refreshed).toMatchObject({ status: 200, body: { access: expect.any(String) } })
    expect(Object.keys(refreshed.body)).toEqual(['access'])

    expect(await ask('GET', '/api-keys/', { auth })).toMatchObject({
      status: 403,
      body: { detail: 'You do not have permission to perform this action.' },
    })
    expect(await ask('GET', '/api/developer/profiles/', { auth })).toMatchObject({
      status: 404,
      body: { detail: 'Developer profile does not exist.' },
    })
    const profile = { purpose: 'testing', organization: 'My Organization' }
    const made = await ask('POST', '/api/developer/profiles/', { auth, json: profile })
    expect(made).toMatchObject({ status: 201, body: profile })

    const key = await ask('POST', '/api-keys/', { auth, json: { name: 'New API Key' } })
    expect(key.status).toBe(201)
    expect(key.body).toEqual({
      id: 1,
      name: 'New API Key',
      key: expect.stringMatching(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/),
      api_key: key.body.key,
    })
    expect((await ask('GET', '/api-keys/', { auth })).body).toEqual([
      {
        id: 1,
        name: 'New API Key',
        created: '2025-01-05T10:00:00.000000-05:00',
        revoked: false,
        expiry_date: null,
        prefix: key.body.key.slice(0, 8),
      },
    ])

    const apiKey = `ApiKey ${key.body.key}`
    const form = upload({ fields: 'PatientName,StudyDate,Modality', return_format: 'png' })
    const read = await ask('POST', '/api/dicom/read/file/', { auth: apiKey, form })
    expect(read.status).toBe(200)
    expect(Object.entries(read.body).slice(0, 4)).toEqual([
      ['PatientName', 'Rubo DEMO'],
      ['StudyDate', expect.any(String)],
      ['Modality', 'XA'],
      ['ImageFormat', 'PNG'],
    ])
    expect(read.body.Images.map((image: string) => image.slice(0, 8))).toEqual(['iVBORw0K', 'iVBORw0K'])
    expect(read.headers).toMatchObject({ 'ratelimit-limit': '1000', 'ratelimit-remaining': '999' })

    const image = new File([new Uint8Array(PNG)], 'image.png', { type: 'image/png' })
    const metadata = { file_name: 'example_dicom', PatientName: 'John Doe', Modality: 'CT' }
    const generated = await ask('POST', '/api/dicom/generate/', {
      auth: apiKey,
      form: { ...metadata, image },
    })
    expect(generated).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/dicom',
        'content-disposition': 'attachment; filename="example_dicom.dcm"',
      },
    })
    const { dataSet, warnings } = parseDicomFile(generated.body)
    expect(warnings).toEqual([])
    expect([findText(dataSet, 0x00100010), findText(dataSet, 0x00080060)]).toEqual(['John Doe', 'CT'])
    expect(findText(dataSet, 0x00080012)).toBe('20250105')

    const summary = { daily_activity: [{ day: '2025-01-05', count: 2 }], monthly_total: 2 }
    const activity = '/api/developer/profiles/activity-summary/'
    expect((await ask('GET', activity, { auth })).body).toEqual(summary)
    expect((await ask('GET', `${activity}?timestamp__month=2`, { auth })).body).toEqual({
      daily_activity: [],
      monthly_total: 0,
    })
    expect(await ask('GET', `${activity}?timestamp__month=x`, { auth })).toMatchObject({
      status: 400,
      body: { timestamp__month: ['Enter a number.'] },
    })

    expect(await ask('DELETE', '/api-keys/delete/1/', { auth })).toMatchObject({ status: 204 })
    expect(await ask('DELETE', '/api-keys/delete/1/', { auth })).toMatchObject({
      status: 404,
      body: { detail: 'No DeveloperAPIKey matches the given query.' },
    })
    expect(await ask('POST', '/api/dicom/read/file/', { auth: apiKey, form })).toMatchObject({
      status: 401,
      body: { detail: 'Invalid or missing API key.' },
    })
  })

  it('answers at the older addresses and without trailing slashes', async () => {
    const { bearer, key } = await makeDeveloper()
    for (const url of ['/api/developer/auth/api-keys/', '/api-keys', '/compat/dicom-api/api-keys/'])
      expect((await ask('GET', url, { auth: bearer })).body).toMatchObject([
        { id: 1, name: 'Ursula-developer-key' },
      ])
    const image = new File([new Uint8Array(PNG)], 'image.png')
    for (const url of ['/api/dicom/write/upload_content/', '/api/dicom/generate'])
      expect((await ask('POST', url, { auth: key, form: { file_name: 'a/b "c"', image } })).status).toBe(200)
    expect(
      (await ask('POST', '/api/dicom/read/file?return_format=gif', { auth: key, form: upload() })).body
        .ImageFormat,
    ).toBe('GIF')
    const bare = key.replace('ApiKey ', '')
    expect((await ask('GET', '/api/developer/profiles', { auth: bare })).status).toBe(200)
    const { body } = await ask('GET', '/api-keys', { auth: bearer })
    expect(
      (await ask('DELETE', `/api/developer/auth/api-keys/delete/${body[0].prefix}`, { auth: bearer })).status,
    ).toBe(204)
  })

  it.each([
    [
      'fields__contains=PatientBi',
      ['PatientBirthDate', 'PatientBirthDateInAlternativeCalendar', 'PatientBirthName', 'PatientBirthTime'],
    ],
    [
      'fields__startswith=PixelData',
      [
        'PixelData',
        'PixelDataProviderURL',
        'PixelDataAreaOriginRelativeToFOV',
        'PixelDataAreaRotationAngleRelativeToFOV',
      ],
    ],
    ['fields__endswith=SpacingBetweenSlices', ['SpacingBetweenSlices']],
    ['fields__regex=Sex', []],
    ['fields__regex=Patient(Sex|ID)%5CZ', ['PatientID', 'PatientSex']],
    ['fields__contains=&fields__startswith=Patient&fields__endswith=Sex&other=1', ['PatientSex']],
  ])('filters the allowed fields by %s', async (query, expected) => {
    const { status, body } = await ask('GET', `/api/dicom-format/allowed-fields/?${query}`)
    expect(status).toBe(200)
    expect([...body.allowedFields].sort()).toEqual([...expected].sort())
    expect(body.dicomVersion).toBe('3.0.1')
  })

  it('gives the whole dictionary to everybody, whatever credential comes along', async () => {
    const all = await ask('GET', '/api/dicom-format/allowed-fields/', { auth: 'ApiKey nonsense' })
    expect(all.body.allowedFields).toHaveLength(5085)
    const types = await ask('GET', '/api/dicom-format/required-field-type/')
    expect(types.body.requiredFieldTypes).toMatchObject({
      CommandGroupLength: "<class 'int'>",
      PatientName: "<class 'pydicom.valuerep.PersonName'>",
      PixelData: "<class 'str'>",
    })
    expect(Object.keys(types.body.requiredFieldTypes)).toHaveLength(5085)
    const again = await app.server.inject({
      url: '/api/dicom-format/required-field-type/',
      headers: { 'if-none-match': String(types.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })

  it.each([
    ['[', 'unterminated character set at position 0'],
    ['a(b', 'missing ), unterminated subpattern at position 1'],
    ['*a', 'nothing to repeat at position 0'],
    ['a)', 'unbalanced parenthesis at position 1'],
    ['x'.repeat(201), 'longer than 200 characters'],
  ])('refuses the pattern %s', async (pattern, reason) => {
    const url = `/api/dicom-format/allowed-fields/?fields__regex=${encodeURIComponent(pattern)}`
    expect(await ask('GET', url)).toMatchObject({
      status: 400,
      body: { fields__regex: [`Invalid regex pattern: ${reason}`] },
    })
  })

  it.each([
    [
      { email: EMAIL, password: 'wrong' },
      401,
      { detail: 'No active account found with the given credentials' },
    ],
    [{ email: EMAIL }, 400, { password: ['This field is required.'] }],
    [
      { email: '', password: null },
      400,
      { email: ['This field may not be blank.'], password: ['This field may not be null.'] },
    ],
    [{}, 400, { username: ['This field is required.'], password: ['This field is required.'] }],
    [[1], 400, { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
  ])('answers the sign-in %j with %i', async (json, status, body) => {
    expect(await ask('POST', '/api/token/', { json })).toMatchObject({ status, body })
  })

  it('signs in for research data by user name, and tells refresh errors by family', async () => {
    const research = await ask('POST', '/api/token/', { json: { username: EMAIL, password: PASSWORD } })
    expect(research.status).toBe(200)
    expect(research.headers['set-cookie']).toBeUndefined()
    const refresh = (given: unknown) => ask('POST', '/api/token/refresh/', { json: given })
    expect(await refresh({ refresh: research.body.access })).toMatchObject({
      status: 401,
      body: { detail: 'Token has wrong type', code: 'token_not_valid' },
    })
    expect(await refresh({ refresh: 'junk' })).toMatchObject({
      status: 401,
      body: { detail: 'Token is invalid or expired', code: 'token_not_valid' },
    })
    const own = (await signIn()).replace('Bearer ', '')
    expect(await refresh({ refresh: own })).toMatchObject({
      status: 401,
      body: { detail: 'Invalid or expired JWT token' },
    })
    expect((await refresh({})).status).toBe(400)
    expect(await ask('POST', '/compat/dicom-api/api/token/refresh/', { json: {} })).toMatchObject({
      status: 401,
      body: { detail: 'Refresh token not found' },
    })
  })

  it('answers bad credentials and methods in the documented words', async () => {
    const url = '/api/dicom/read/file/'
    const none = await ask('POST', url, { form: upload() })
    expect(none).toMatchObject({
      status: 401,
      body: { detail: 'Authentication credentials were not provided.' },
    })
    expect(none.headers['www-authenticate']).toBe('Bearer realm="api"')
    for (const auth of ['ApiKey wrong', 'wrong', `ApiKey ${'a'.repeat(8)}.${'b'.repeat(32)}`])
      expect((await ask('POST', url, { auth })).body).toEqual({ detail: 'Invalid or missing API key.' })
    expect((await ask('POST', url, { auth: 'Bearer junk' })).body).toEqual({
      detail: 'Given token not valid for any token type',
      code: 'token_not_valid',
      messages: [
        { token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' },
      ],
    })
    const { key, bearer } = await makeDeveloper()
    const wrong = await ask('GET', url, { auth: key })
    expect(wrong).toMatchObject({ status: 405, body: { detail: 'Method "GET" not allowed.' } })
    expect(wrong.headers.allow).toBe('POST, OPTIONS')
    expect(await ask('POST', url, { auth: key, json: {} })).toMatchObject({
      status: 415,
      body: { detail: 'Unsupported media type "application/json" in request.' },
    })
    for (const [method, address] of [
      ['GET', '/api-keys/'],
      ['POST', '/api-keys/'],
      ['DELETE', '/api-keys/delete/1/'],
    ] as const)
      expect((await ask(method, address, { auth: key })).status).toBe(403)
    const activity = await ask('GET', '/api/developer/profiles/activity-summary/', { auth: key })
    // the wrong method did not count, the wrong type did
    expect(activity.body.monthly_total).toBe(1)
    expect(await ask('GET', '/api/dicom/nowhere/', { auth: bearer })).toMatchObject({
      status: 404,
      body: { detail: 'Not found.' },
    })
    await addUser('stranger@example.com', [])
    const stranger = await signIn('stranger@example.com')
    expect((await ask('POST', url, { auth: stranger, form: upload() })).status).toBe(403)
    expect((await ask('POST', '/api/developer/profiles/', { auth: stranger, json: {} })).status).toBe(403)
  })

  it.each<[Form, unknown]>([
    [{}, { file: ['This field may not be null.'] }],
    [upload({}, 'empty.dcm', Buffer.alloc(0)), { file: ['The submitted file is empty.'] }],
    [upload({}, 'scan.txt'), { file: ['Invalid file type. Only .dcm, .DCM, .zip are allowed.'] }],
    [upload({}, 'scan.dcm', Buffer.from('no DICOM')), { file: ['Invalid DICOM file'] }],
    [upload({}, 'scan.zip'), { file: ['Invalid DICOM file'] }],
    [
      { fields: 'Foo,Bar,Rows', return_format: 'bmp' },
      {
        file: ['This field may not be null.'],
        fields: ['Invalid fields: Bar, Foo'],
        return_format: ['"bmp" is not a valid choice.'],
      },
    ],
    [upload({ fields: 'Rows,,Columns' }), { fields: ['Fields contain empty values.'] }],
    [upload({ frames: '0' }), { frames: ['Enter frames such as 1-10,20.'] }],
  ])('refuses to read %#', async (form, body) => {
    const answer = await ask('POST', '/api/dicom/read/file/', { auth: await signIn(), form })
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.body).toEqual(body)
  })

  it('refuses forms that cannot be taken apart', async () => {
    const auth = await signIn()
    const post = (type: string, payload: string) =>
      app.server.inject({
        method: 'POST',
        url: '/api/dicom/read/file/',
        headers: { authorization: auth, 'content-type': type },
        payload,
      })
    const boundless = await post('multipart/form-data', 'x')
    expect(boundless.statusCode).toBe(400)
    expect(boundless.json()).toEqual({
      detail: 'Multipart form parse error - Invalid boundary in multipart: None',
    })
    const cut = await post(
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.dcm"\r\n\r\nabc',
    )
    expect(cut.statusCode).toBe(400)
    expect(cut.json().detail).toMatch(/^Multipart form parse error - /)
  })

  it.each<[Form, unknown]>([
    [{}, { file_name: ['This field is required.'], image: ['No file was submitted.'] }],
    [
      { file_name: ' ', image: new File([new Uint8Array(PNG)], 'a.png') },
      { file_name: ['This field may not be blank.'] },
    ],
    [
      { file_name: 'a', image: new File(['no picture'], 'a.png') },
      {
        image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
      },
    ],
    [
      { file_name: 'a', image: new File([new Uint8Array(5 * 2 ** 20 + 1)], 'a.png') },
      { image: ['The file is too large! Maximum size is 5MB.'] },
    ],
    [
      { file_name: 'a', image: new File([new Uint8Array(PNG)], 'a.png'), SeriesNumber: 'x' },
      { non_field_errors: ['SeriesNumber: A valid integer is required.'] },
    ],
    [
      { file_name: 'a', image: new File([new Uint8Array(PNG)], 'a.png'), StudyInstanceUID: '1.02' },
      { non_field_errors: ['StudyInstanceUID: Not a valid UID.'] },
    ],
  ])('refuses to generate %#', async (form, body) => {
    const answer = await ask('POST', '/api/dicom/generate/', { auth: await signIn(), form })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual(body)
  })

  it('refuses what is beyond the quota before it reads the file', async () => {
    const { id, key } = await makeDeveloper()
    const ctx = asSystem(site.base, 'test')
    const page = { where: compare('user', 'exact', id), order: [], limit: 1, offset: 0 }
    const { rows } = await listRecords(ctx, developerRecord, page, { total: 'none', relations: 'none' })
    const [developer] = rows
    if (!developer) throw new Error('the profile is missing')
    await changeRecord(ctx, developerRecord, developer.id, developer.version, { readQuota: 2 })
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => ask('POST', '/api/dicom/read/file/', { auth: key, form: upload() })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429])
    for (const { body, headers } of outcomes.filter(({ status }) => status === 429)) {
      expect(body).toEqual({
        error: "Monthly API request for '/api/dicom/read/file/' limit exceeded.",
        quota: 2,
        requests_used: 3,
      })
      // until midnight in Toronto at the end of January
      expect(headers['retry-after']).toBe(String(27 * 86_400 - 10 * 3600))
    }
    const image = new File([new Uint8Array(PNG)], 'image.png')
    expect(
      (await ask('POST', '/api/dicom/generate/', { auth: key, form: { file_name: 'a', image } })).status,
    ).toBe(200)
  })

  it('refuses files that are too large, and counts them', async () => {
    const { bearer, key } = await makeDeveloper()
    const server = createServer(site.config, site.base, [
      dialectPart('dicom-api', ownsDicomApi, async () =>
        createDicomApiDialect({ access: site.access, largestUpload: 100 }),
      ),
    ])
    const { payload = '', type } = await formOf(upload())
    const answer = await server.inject({
      method: 'POST',
      url: '/api/dicom/read/file/',
      headers: { authorization: key, 'content-type': type },
      payload,
    })
    await server.close()
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toEqual({ detail: 'Request body too large.' })
    const { body } = await ask('GET', '/api/developer/profiles/activity-summary/', { auth: bearer })
    expect(body.monthly_total).toBe(1)
  })

  it('does not count what a browser asks for', async () => {
    const { id, bearer } = await makeDeveloper()
    const { secret } = await startSession(await asUser(site.base, id), site.access)
    const { payload, type } = await formOf(upload())
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/dicom/read/file/',
      headers: { 'content-type': type, cookie: `touchstone_session=${secret}` },
      ...(payload === undefined ? {} : { payload }),
    })
    expect(answer.statusCode).toBe(200)
    const { body } = await ask('GET', '/api/developer/profiles/activity-summary/', { auth: bearer })
    expect(body).toEqual({ daily_activity: [], monthly_total: 0 })
  })
})
