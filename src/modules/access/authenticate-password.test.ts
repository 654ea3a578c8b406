import { describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { PasswordHashing } from '../../platform/crypto/password-hash.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { changeRecord } from '../records/save-record.ts'
import { authenticatePassword, type PasswordAnswer, type PasswordLogin } from './authenticate-password.ts'
import { userRecord } from './records/user.ts'
import { findPasswordHash, savePasswordHash } from './store/passwords.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
  QUICK_PASSWORDS,
} from './testing.ts'
import { parseAddressList } from './trusted-addresses.ts'

/** Python: hashlib.pbkdf2_hmac('sha256', 'correct horse bättery', 'q2Fm8bZ4kT1xYp7s', 1000), laid out as Django does. */
const DJANGO_HASH = 'pbkdf2_sha256$1000$q2Fm8bZ4kT1xYp7s$23TElGfEMML3tLo2qc8e9wnUA1NRZsyPSbncTqtXAgM='

/** The real hashing, counting which hashes it is asked to check. */
function watched(): PasswordHashing & { readonly checked: string[] } {
  const checked: string[] = []
  return {
    ...QUICK_PASSWORDS,
    checked,
    verify: (stored, password) => {
      checked.push(stored)
      return QUICK_PASSWORDS.verify(stored, password)
    },
  }
}

function from(ctx: Context, address: string): Context {
  return { ...ctx, actor: { kind: 'anonymous' }, origin: { requestId: 'test', credential: 'none', address } }
}

const login = (name: string, password: string): PasswordLogin => ({ by: 'username', name, password })
const kinds = (answers: readonly PasswordAnswer[]) => answers.map(({ kind }) => kind)

forEachDatabase('log-in by password', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp(trusted: readonly string[] = []) {
    const clock = makeClock()
    const ctx = makeAccessContext(await open('fresh'), { now: clock.now })
    const passwords = watched()
    const access = makeAccess({ passwords, settings: { trustedAddresses: parseAddressList(trusted) } })
    const rita = await makeUser(ctx, access, {
      username: 'Rita',
      email: 'Rita.Mohale@Example.com',
      password: 'tidal-orbit-47',
    })
    return { ctx, clock, access, passwords, rita }
  }

  it('gives the account, whose last log-in it notes', async () => {
    const { ctx, access, rita, clock } = await setUp()
    const answer = await authenticatePassword(from(ctx, '192.0.2.1'), access, login('Rita', 'tidal-orbit-47'))
    expect(answer).toMatchObject({
      kind: 'accepted',
      account: { id: rita, username: 'Rita', isActive: true },
    })
    const row = await ctx.db
      .withTables<{ access_user: { last_login_at: string } }>()
      .selectFrom('access_user')
      .select('last_login_at')
      .executeTakeFirst()
    expect(row?.last_login_at).toBe(clock.now().toISOString())
  })

  it.each<[PasswordLogin['by'], string, PasswordAnswer['kind']]>([
    ['username', 'Rita', 'accepted'],
    ['username', 'rita', 'rejected'],
    ['username', 'Rita ', 'rejected'],
    ['username', 'rita.mohale@example.com', 'rejected'],
    ['email', 'rita.mohale@EXAMPLE.com', 'accepted'],
    ['email', 'Rita', 'rejected'],
    ['either', 'Rita', 'accepted'],
    ['either', 'Rita.Mohale@example.com', 'accepted'],
    ['either', 'rita', 'rejected'],
    ['either', '', 'rejected'],
    ['username', 'a\0b', 'rejected'],
    ['username', '\ud800', 'rejected'],
    ['username', 'x'.repeat(100_000), 'rejected'],
  ])('finds the account by %s in %j: %s', async (by, name, expected) => {
    const { ctx, access } = await setUp()
    expect((await authenticatePassword(ctx, access, { by, name, password: 'tidal-orbit-47' })).kind).toBe(
      expected,
    )
  })

  it('answers alike, after checking exactly one hash, whatever is wrong', async () => {
    const { ctx, access, passwords, rita } = await setUp()
    await makeUser(ctx, access, { username: 'invited' })
    const decoy = await passwords.decoy()
    const stored = await findPasswordHash(ctx.db, rita)
    const rejected: [string, string, string | undefined][] = [
      ['Rita', 'wrong', stored],
      ['nobody', 'tidal-orbit-47', decoy],
      ['invited', 'tidal-orbit-47', decoy],
      ['a\0b', 'tidal-orbit-47', decoy],
    ]
    for (const [name, password, hash] of rejected) {
      passwords.checked.length = 0
      expect(await authenticatePassword(from(ctx, '192.0.2.1'), access, login(name, password))).toEqual({
        kind: 'rejected',
      })
      expect(passwords.checked).toEqual([hash])
    }
  })

  it('rejects an inactive user with the right password, and accepts again once active', async () => {
    const { ctx, access, rita, passwords } = await setUp()
    await changeRecord(ctx, userRecord, rita, 1, { isActive: false })
    passwords.checked.length = 0
    expect(await authenticatePassword(ctx, access, login('Rita', 'tidal-orbit-47'))).toEqual({
      kind: 'rejected',
    })
    expect(passwords.checked.length).toBe(1)
    await changeRecord(ctx, userRecord, rita, 2, { isActive: true })
    expect((await authenticatePassword(ctx, access, login('Rita', 'tidal-orbit-47'))).kind).toBe('accepted')
  })

  it('accepts a password that Django has hashed, and hashes it anew', async () => {
    const { ctx, access, rita } = await setUp()
    await savePasswordHash(ctx.db, rita, DJANGO_HASH, ctx.now())
    expect((await authenticatePassword(ctx, access, login('Rita', 'correct horse'))).kind).toBe('rejected')
    expect(await findPasswordHash(ctx.db, rita)).toBe(DJANGO_HASH)
    expect((await authenticatePassword(ctx, access, login('Rita', 'correct horse bättery'))).kind).toBe(
      'accepted',
    )
    expect(await findPasswordHash(ctx.db, rita)).toMatch(/^\$argon2id\$/)
    expect((await authenticatePassword(ctx, access, login('Rita', 'correct horse bättery'))).kind).toBe(
      'accepted',
    )
  })

  describe('limits', () => {
    it('refuse an account after ten failures in a minute, with the right password too, until the minute is over', async () => {
      const { ctx, access, clock, passwords } = await setUp()
      for (let count = 0; count < 10; count += 1) {
        const address = `192.0.2.${count}`
        expect((await authenticatePassword(from(ctx, address), access, login('Rita', 'wrong'))).kind).toBe(
          'rejected',
        )
        clock.advance(1000)
      }
      passwords.checked.length = 0
      const answer = await authenticatePassword(
        from(ctx, '198.51.100.1'),
        access,
        login('Rita', 'tidal-orbit-47'),
      )
      expect(answer).toEqual({ kind: 'limited', retryAfterS: 50 })
      expect(passwords.checked).toEqual([])
      clock.advance(50_001)
      const later = await authenticatePassword(
        from(ctx, '198.51.100.1'),
        access,
        login('Rita', 'tidal-orbit-47'),
      )
      expect(later.kind).toBe('accepted')
    })

    it('count an account together under its name and its address', async () => {
      const { ctx, access } = await setUp()
      for (let count = 0; count < 5; count += 1) {
        await authenticatePassword(ctx, access, login('Rita', 'wrong'))
        await authenticatePassword(ctx, access, {
          by: 'email',
          name: 'rita.mohale@example.com',
          password: 'wrong',
        })
      }
      expect((await authenticatePassword(ctx, access, login('Rita', 'tidal-orbit-47'))).kind).toBe('limited')
    })

    it('treat unknown names like known ones', async () => {
      const { ctx, access } = await setUp()
      const answers: PasswordAnswer[] = []
      for (let count = 0; count < 11; count += 1)
        answers.push(await authenticatePassword(ctx, access, login('nobody', 'x')))
      expect(kinds(answers)).toEqual([...Array.from({ length: 10 }, () => 'rejected'), 'limited'])
    })

    it('refuse an address after thirty failures over many accounts, and no other address', async () => {
      const { ctx, access } = await setUp()
      for (let count = 0; count < 30; count += 1) {
        const answer = await authenticatePassword(
          from(ctx, '2001:db8::1'),
          access,
          login(`name-${count}`, 'x'),
        )
        expect(answer.kind).toBe('rejected')
      }
      const neighbour = from(ctx, '2001:db8::ffff')
      expect((await authenticatePassword(neighbour, access, login('Rita', 'tidal-orbit-47'))).kind).toBe(
        'limited',
      )
      const elsewhere = from(ctx, '2001:db8:0:1::1')
      expect((await authenticatePassword(elsewhere, access, login('Rita', 'tidal-orbit-47'))).kind).toBe(
        'accepted',
      )
    })

    it('do not count log-ins that succeed', async () => {
      const { ctx, access } = await setUp()
      for (let count = 0; count < 35; count += 1) {
        const answer = await authenticatePassword(
          from(ctx, '192.0.2.1'),
          access,
          login('Rita', 'tidal-orbit-47'),
        )
        expect(answer.kind).toBe('accepted')
      }
    })

    it('never lock out a trusted address, nor let it lock out others', async () => {
      const { ctx, access } = await setUp(['10.0.0.0/8'])
      for (let count = 0; count < 40; count += 1) {
        expect((await authenticatePassword(from(ctx, '10.1.2.3'), access, login('Rita', 'wrong'))).kind).toBe(
          'rejected',
        )
      }
      expect(
        (await authenticatePassword(from(ctx, '10.1.2.3'), access, login('Rita', 'tidal-orbit-47'))).kind,
      ).toBe('accepted')
      expect(
        (await authenticatePassword(from(ctx, '192.0.2.1'), access, login('Rita', 'tidal-orbit-47'))).kind,
      ).toBe('accepted')
    })

    it('hold for tries at the same time: ten are checked, the others refused', async () => {
      const { ctx, access, passwords } = await setUp()
      passwords.checked.length = 0
      const answers = await Promise.all(
        Array.from({ length: 25 }, () =>
          authenticatePassword(from(ctx, '192.0.2.1'), access, login('Rita', 'wrong')),
        ),
      )
      expect(kinds(answers).filter((kind) => kind === 'rejected').length).toBe(10)
      expect(passwords.checked.length).toBe(10)
    })

    it('count over several servers', async () => {
      const { ctx, access } = await setUp()
      const other = makeAccess()
      for (let count = 0; count < 10; count += 1) {
        await authenticatePassword(ctx, count % 2 ? access : other, login('Rita', 'wrong'))
      }
      expect((await authenticatePassword(ctx, other, login('Rita', 'tidal-orbit-47'))).kind).toBe('limited')
    })
  })

  it('leaves failures at known accounts in the audit trail, and names of nobody out of it', async () => {
    const { ctx, access, rita } = await setUp()
    await authenticatePassword(from(ctx, '192.0.2.1'), access, login('Rita', 'wrong'))
    await authenticatePassword(from(ctx, '192.0.2.1'), access, login('tidal-orbit-47', 'wrong'))
    const actions = (await findHistory(ctx, 'access.user', String(rita), { limit: 10, offset: 0 })).map(
      ({ action }) => action,
    )
    expect(actions).toEqual(['access.user.reject-password', 'access.user.add'])
    const rows = await ctx.db
      .withTables<{ access_login_failure: { name_hash: string } }>()
      .selectFrom('access_login_failure')
      .selectAll()
      .execute()
    expect(JSON.stringify(rows)).not.toContain('tidal-orbit-47')
  })
})
