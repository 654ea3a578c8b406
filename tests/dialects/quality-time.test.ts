import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { startSession } from '../../src/modules/access/start-session.ts'
import { asUser } from '../../src/modules/access/testing.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { type Exchange, filledIn, parseExchanges, patternOf } from '../support/exchange-file.ts'
import { cloneSitePlace, makeSitePlace, openTestSite, type SitePlace } from '../support/make-site.ts'
import { fillQualitySite, type QualityRole } from '../support/quality-fixture.ts'

const FOLDER = join(import.meta.dirname, 'quality-time')
const NOW = new Date('2026-02-05T09:15:02.123Z')
const HOST = 'testserver'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('recorded exchanges with the Quality-time API (%s)', (kind) => {
  let filled: SitePlace
  let users: Readonly<Record<QualityRole, number>>
  beforeAll(async () => {
    filled = await makeSitePlace(kind)
    const site = await openTestSite(filled, { now: () => NOW })
    users = (await fillQualitySite(site)).users
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
        site = await openTestSite(await cloneSitePlace(filled), { now: () => NOW, settings })
        app = await createApp(site, { demo: false })
      })
      afterAll(async () => {
        await app.stop()
        await site.close()
      })

      async function cookieOf(role: string): Promise<string> {
        const known = cookies.get(role)
        if (known !== undefined) return known
        const { secret } = await startSession(
          await asUser(site.base, users[role as QualityRole]),
          site.access,
        )
        cookies.set(role, `session_id=${secret}`)
        return `session_id=${secret}`
      }

      async function ask({ request }: Exchange) {
        const { by, role } = request.who
        const credentials: Record<string, string> = by === 'session' ? { cookie: await cookieOf(role) } : {}
        const headers = Object.entries(request.headers).map(([name, value]) => [
          name,
          filledIn(value, captured),
        ])
        return app.server.inject({
          method: request.method as NonNullable<InjectOptions['method']>,
          url: filledIn(request.path, captured),
          headers: { host: HOST, ...credentials, ...Object.fromEntries(headers) },
          ...(request.body === undefined ? {} : { payload: filledIn(request.body, captured) }),
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
