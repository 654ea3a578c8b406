import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { csrfTokenOf } from '../../src/modules/access/session-csrf.ts'
import { startSession } from '../../src/modules/access/start-session.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import { type CalculationEngine, createCalculationEngine } from '../../src/modules/calculations/engine.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { type Exchange, filledIn, parseExchanges, patternOf } from '../support/exchange-file.ts'
import { cloneSitePlace, makeSitePlace, openTestSite, type SitePlace } from '../support/make-site.ts'
import { fillQaSite, type QaFixture, type Role, tokenOf } from '../support/qa-fixture.ts'

const FOLDER = join(import.meta.dirname, 'qatrack')
const NOW = new Date('2019-07-25T15:00:00Z')
const HOST = 'testserver'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

let calculations: CalculationEngine
beforeAll(() => {
  calculations = createCalculationEngine({ timeZone: 'America/Toronto', packagesFolder: null })
})
afterAll(() => calculations.close())

describe.each(wanted as DatabaseKind[])('recorded exchanges with the QATrack+ API (%s)', (kind) => {
  let filled: SitePlace
  let fixture: QaFixture
  beforeAll(async () => {
    filled = await makeSitePlace(kind)
    const site = await openTestSite(filled, { now: () => NOW })
    fixture = await fillQaSite(site)
    await site.close()
  })

  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.http'))) {
    const text = readFileSync(join(FOLDER, file), 'utf8')
    const settings = Object.fromEntries(
      [...text.matchAll(/^# setting (\w+) = (.*)$/gm)].map(([, name, value]) => [name, value]),
    )
    describe(file, () => {
      let site: Site
      let app: App
      const captured = new Map<string, string>()
      const cookies = new Map<string, string>()
      beforeAll(async () => {
        site = await openTestSite(await cloneSitePlace(filled), { now: () => NOW, settings, calculations })
        app = await createApp(site, { demo: false })
      })
      afterAll(async () => {
        await app.stop()
        await site.close()
      })

      async function cookieOf(role: Role): Promise<string> {
        const known = cookies.get(role)
        if (known !== undefined) return known
        const { secret } = await startSession(await asUser(site.base, fixture.users[role]), site.access)
        captured.set(`csrf_${role}`, csrfTokenOf(site.access, secret))
        cookies.set(role, `touchstone_session=${secret}`)
        return `touchstone_session=${secret}`
      }

      async function ask({ request }: Exchange) {
        const { by, role } = request.who
        const credentials: Record<string, string> = {}
        if (by === 'token') credentials.authorization = `Token ${tokenOf(role as Role)}`
        if (by === 'session') credentials.cookie = await cookieOf(role as Role)
        const headers = Object.entries(request.headers).map(([name, value]) => [
          name,
          filledIn(value, captured),
        ])
        return app.server.inject({
          method: request.method as NonNullable<InjectOptions['method']>,
          url: filledIn(request.path, captured),
          headers: { host: HOST, ...credentials, ...Object.fromEntries(headers) },
          ...(request.body === undefined ? {} : { payload: payloadOf(request, captured) }),
        })
      }

      it.each(parseExchanges(text).map((exchange) => [exchange.name, exchange] as const))(
        '%s',
        async (_name, exchange) => {
          const { response } = exchange
          const answer = await ask(exchange)
          expect(answer.statusCode, answer.body).toBe(response.status)
          for (const [name, value] of Object.entries(response.headers)) {
            expect(`${name}: ${answer.headers[name] ?? '-'}`).toMatch(patternOf(`${name}: ${value}`))
          }
          const expected = filledIn(response.body, captured)
          if (!expected.includes('«')) {
            expect(answer.body).toBe(expected)
            return
          }
          const pattern = patternOf(expected)
          expect(answer.body).toMatch(pattern)
          const groups = pattern.exec(answer.body)?.groups ?? {}
          for (const [name, value] of Object.entries(groups)) captured.set(name, value)
        },
      )
    })
  }
})

/** Lines of a multipart form end as they do on the wire. */
function payloadOf(
  { headers, body = '' }: Exchange['request'],
  captured: ReadonlyMap<string, string>,
): string {
  const text = filledIn(body, captured)
  return headers['content-type']?.startsWith('multipart/') ? text.replaceAll('\n', '\r\n') : text
}
