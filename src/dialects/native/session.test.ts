import { expect, it } from 'vitest'
import {
  ACCESS_TEST_MIGRATIONS,
  makeAccess,
  makeAccessContext,
  makeUser,
} from '../../modules/access/testing.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { openNativeServer } from './testing.ts'

const SESSION = '/api/v1/session'
const PASSWORD = 'correct horse battery'
let made = 0

forEachDatabase('signing in', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const ctx = makeAccessContext(await open('fresh'))
    const { server } = await openNativeServer(ctx)
    made += 1
    const username = `ada-${made}`
    await makeUser(ctx, makeAccess(), { username, password: PASSWORD })
    const signIn = (body: unknown) => server.inject({ method: 'POST', url: SESSION, payload: body as object })
    return { server, username, signIn }
  }

  it.each(['/api/v1/session/', '/compat/native/api/v1/session/?x=1/'])(
    'answers %s as without the slash',
    async (url) => {
      const { server } = await setUp()
      expect((await server.inject({ url })).statusCode).toBe(401)
    },
  )

  it('gives a cookie that only the browser sees, and takes it back', async () => {
    const { server, username, signIn } = await setUp()
    const answer = await signIn({ username, password: PASSWORD })
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      { user: { username, isAdministrator: false }, site: { zone: 'America/Toronto' } },
    ])
    expect(answer.body).not.toContain('password')
    const [cookie] = answer.cookies
    expect(cookie).toMatchObject({
      name: 'touchstone_session',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    })
    const cookies = { touchstone_session: cookie?.value ?? '' }
    expect((await server.inject({ url: SESSION, cookies })).json()).toMatchObject({ user: { username } })
    const ended = await server.inject({ method: 'DELETE', url: SESSION, cookies })
    expect([ended.statusCode, ended.cookies[0]?.value]).toEqual([204, ''])
    expect((await server.inject({ url: SESSION, cookies })).statusCode).toBe(401)
    expect((await server.inject({ method: 'DELETE', url: SESSION })).statusCode).toBe(204)
  })

  it('says the same of a wrong password, an unknown name and text that nobody can be called', async () => {
    const { username, signIn } = await setUp()
    const answers = [
      await signIn({ username, password: 'wrong' }),
      await signIn({ username: 'nobody', password: PASSWORD }),
      await signIn({ username: 'a\0b', password: PASSWORD }),
      await signIn({ username: 'x'.repeat(100_000), password: 'y'.repeat(100_000) }),
    ]
    const told = answers.map((answer) => {
      const { requestId: _id, ...error } = answer.json().error
      return [answer.statusCode, error, answer.cookies.length]
    })
    const same = [401, { kind: 'not-authenticated', message: 'User name and password do not match.' }, 0]
    expect(told).toEqual([same, same, same, same])
  })

  it.each([
    {},
    { username: 'ada' },
    { username: 1, password: 'x' },
    { username: 'ada', password: ['x'] },
    { username: '', password: '' },
  ])('refuses %j', async (body) => {
    const { signIn } = await setUp()
    expect((await signIn(body)).statusCode).toBe(400)
  })

  it('stops guessing after ten failures and says when to come back', async () => {
    const { username, signIn } = await setUp()
    for (let n = 0; n < 10; n += 1)
      expect((await signIn({ username, password: `wrong ${n}` })).statusCode).toBe(401)
    const limited = await signIn({ username, password: PASSWORD })
    expect([limited.statusCode, limited.json().error.kind]).toEqual([429, 'too-many-attempts'])
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
  })
})
