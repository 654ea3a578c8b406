import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import { type ImageSite, makeImageSite } from '../support/image-site.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

const GOOD = {
  email: 'ada@example.org',
  first_name: 'Ada',
  last_name: 'Lovelace',
  password: 'analytical-engine',
}

describe.each(wanted as DatabaseKind[])('registration at the DICOM API (%s)', (kind) => {
  let open: ImageSite
  beforeAll(async () => {
    open = await makeImageSite(kind, { dicomRegistration: 'true' })
  })
  afterAll(() => open.close())

  let address = 0
  const register = (site: ImageSite, payload: Record<string, unknown>) => {
    address += 1
    return site.ask('POST', '/api/auth/register/', undefined, {
      payload,
      remoteAddress: `10.0.0.${Math.floor(address / 5)}`,
    })
  }

  it('makes an account that can sign in, once', async () => {
    const made = await register(open, GOOD)
    expect([made.status, made.json()]).toEqual([201, { message: 'User registered successfully!' }])
    const token = await open.ask('POST', '/api/token/', undefined, {
      payload: { email: GOOD.email, password: GOOD.password },
    })
    expect(token.status).toBe(200)
    const auth = { id: 0, groupIds: [], auth: `Bearer ${token.json().access}` }
    expect((await open.ask('POST', '/api/developer/profiles/', auth, { payload: {} })).status).toBe(201)
    // a developer is nobody of the department
    expect((await open.ask('GET', '/dicom-web/studies', auth)).status).toBe(403)
    const again = await register(open, { ...GOOD, email: 'ADA@example.org' })
    expect([again.status, again.json()]).toEqual([400, { email: ['user with this email already exists.'] }])
    expect((await register(open, { ...GOOD, email: 'ada@example.com' })).status).toBe(201)
  })

  it.each([
    [
      {},
      {
        email: ['This field is required.'],
        first_name: ['This field is required.'],
        last_name: ['This field is required.'],
        password: ['This field is required.'],
      },
    ],
    [{ ...GOOD, email: 'nobody' }, { email: ['Enter a valid email address.'] }],
    [{ ...GOOD, first_name: '' }, { first_name: ['This field may not be blank.'] }],
    [
      { ...GOOD, last_name: 'x'.repeat(51) },
      { last_name: ['Ensure this field has no more than 50 characters.'] },
    ],
    [{ ...GOOD, password: 'short' }, { password: ['Ensure this field has at least 8 characters.'] }],
    [{ ...GOOD, password: '83749182736' }, { password: ['This password is entirely numeric.'] }],
    [{ ...GOOD, password: 'password1' }, { password: ['This password is too common.'] }],
  ])('refuses %o', async (payload, problems) => {
    const answer = await register(open, payload)
    expect([answer.status, answer.json()]).toEqual([400, problems])
  })

  it('is limited for each address', async () => {
    const statuses = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const answer = await open.ask('POST', '/api/auth/register/', undefined, {
        payload: { ...GOOD, email: `many${attempt}@example.org` },
        remoteAddress: '10.9.9.9',
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([...Array(10).fill(201), 429])
  })

  it('is not there unless the site opens it', async () => {
    const closed = await makeImageSite(kind)
    const answer = await register(closed, GOOD)
    expect([answer.status, answer.json()]).toEqual([404, { detail: 'Not found.' }])
    await closed.close()
  })
})
