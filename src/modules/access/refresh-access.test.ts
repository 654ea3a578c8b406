import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { changeRecord } from '../records/save-record.ts'
import { endAllSessions } from './end-session.ts'
import { issueTokenPair } from './issue-token-pair.ts'
import { userRecord } from './records/user.ts'
import { refreshAccess } from './refresh-access.ts'
import { resolveCredential } from './resolve-credential.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
} from './testing.ts'

const HOUR_MS = 3_600_000

function decode(jwt: string): { header: unknown; claims: Record<string, unknown> } {
  const [header = '', payload = ''] = jwt.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  return { header: read(header), claims: read(payload) }
}

forEachDatabase('JWT pairs', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock('2026-11-21T07:42:00.500Z')
    const operator = makeAccessContext(await open(), { now: clock.now })
    const access = makeAccess()
    const user = await makeUser(operator, access, { firstName: 'Rita', lastName: 'Mohale' })
    return { clock, operator, access, user, ctx: await asUser(operator, user, 'password') }
  }

  it.each([
    ['dmlf', 3600, 86_400, ['token_type', 'exp', 'iat', 'jti', 'user_id', 'fam']],
    [
      'dicom',
      900,
      2_592_000,
      ['token_type', 'exp', 'iat', 'jti', 'user_id', 'first_name', 'last_name', 'fam'],
    ],
  ] as const)(
    'of the family %s last %i and %i seconds and carry the documented claims',
    async (family, accessS, refreshS, names) => {
      const { access, ctx, user } = await setUp()
      const pair = await issueTokenPair(ctx, access, family)
      expect(Object.keys(pair)).toEqual(['refresh', 'access'])
      const iat = Date.parse('2026-11-21T07:42:00Z') / 1000
      for (const [jwt, type, seconds] of [
        [pair.access, 'access', accessS],
        [pair.refresh, 'refresh', refreshS],
      ] as const) {
        const { header, claims } = decode(jwt)
        expect(JSON.stringify(header)).toBe('{"alg":"HS256","typ":"JWT"}')
        expect(Object.keys(claims)).toEqual(names)
        expect(claims).toMatchObject({
          token_type: type,
          exp: iat + seconds,
          iat,
          user_id: user,
          fam: family,
        })
        expect(claims.jti).toMatch(/^[0-9a-f]{32}$/)
      }
      if (family === 'dicom')
        expect(decode(pair.access).claims).toMatchObject({ first_name: 'Rita', last_name: 'Mohale' })
    },
  )

  it('give new access tokens of their family until the refresh token expires, which stays the same', async () => {
    const { access, ctx, clock } = await setUp()
    const { refresh } = await issueTokenPair(ctx, access, 'dmlf')
    clock.advance(23 * HOUR_MS)
    for (const server of [access, makeAccess()]) {
      const answer = await refreshAccess(ctx, server, refresh)
      if (answer.kind !== 'refreshed') throw new Error(answer.problem)
      expect(answer.family).toBe('dmlf')
      expect(
        await resolveCredential(ctx, access, { authorization: `Bearer ${answer.access}` }),
      ).toHaveProperty('actor')
    }
    clock.advance(HOUR_MS)
    expect(await refreshAccess(ctx, access, refresh)).toEqual({
      kind: 'refused',
      problem: 'invalid',
      family: 'dmlf',
    })
  })

  it('are refused with the family of whatever we signed', async () => {
    const { access, ctx } = await setUp()
    const pair = await issueTokenPair(ctx, access, 'dicom')
    const alien = await new SignJWT({ token_type: 'refresh', user_id: 1, fam: 'dicom' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(Buffer.alloc(32))
    const cases = [
      [pair.access, 'wrong-type', 'dicom'],
      ['junk', 'invalid', undefined],
      ['', 'invalid', undefined],
      [alien, 'invalid', undefined],
      [`${pair.refresh.slice(0, -3)}AAA`, 'invalid', undefined],
    ] as const
    for (const [jwt, problem, family] of cases) {
      expect(await refreshAccess(ctx, access, jwt)).toEqual({ kind: 'refused', problem, family })
    }
  })

  it('are refused for users who are gone, inactive, or have ended everything', async () => {
    const { access, ctx, operator, user, clock } = await setUp()
    const { refresh } = await issueTokenPair(ctx, access, 'dicom')
    const noAccount = { kind: 'refused', problem: 'no-account', family: 'dicom' }
    await changeRecord(operator, userRecord, user, 1, { isActive: false })
    expect(await refreshAccess(ctx, access, refresh)).toEqual(noAccount)
    await expect(issueTokenPair(ctx, access, 'dicom')).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
    await changeRecord(operator, userRecord, user, 2, { isActive: true })
    expect((await refreshAccess(ctx, access, refresh)).kind).toBe('refreshed')
    clock.advance(1000)
    await endAllSessions(ctx, user)
    expect(await refreshAccess(ctx, access, refresh)).toEqual(noAccount)
  })
})
