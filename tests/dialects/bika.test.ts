import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { type Exchange, filledIn, parseExchanges, patternOf } from '../support/exchange-file.ts'
import { basic, fillLimsSite } from '../support/lims-fixture.ts'
import { cloneSitePlace, makeSitePlace, openTestSite, type SitePlace } from '../support/make-site.ts'

const FOLDER = join(import.meta.dirname, 'bika')
const NOW = new Date('2026-03-02T15:00:00Z')

/** Passwords of the demonstration's accounts. */
const PASSWORDS: Readonly<Record<string, string>> = { admin: 'secret' }

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('recorded exchanges with the Bika JSON API (%s)', (kind) => {
  let filled: SitePlace
  beforeAll(async () => {
    filled = await makeSitePlace(kind)
    const site = await openTestSite(filled, { now: () => NOW })
    await fillLimsSite(site)
    await site.close()
  }, 60_000)

  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.http'))) {
    describe(file, () => {
      let site: Site
      let app: App
      const captured = new Map<string, string>()

      function ask({ request }: Exchange) {
        const { role } = request.who
        const credentials = role === '' ? {} : { authorization: basic(role, PASSWORDS[role] ?? 'demo') }
        const headers = Object.entries(request.headers).map(([name, value]) => [
          name,
          filledIn(value, captured),
        ])
        return app.server.inject({
          method: request.method as NonNullable<InjectOptions['method']>,
          url: filledIn(request.path, captured),
          headers: { host: 'testserver', ...credentials, ...Object.fromEntries(headers) },
          ...(request.body === undefined ? {} : { payload: filledIn(request.body, captured) }),
        })
      }

      beforeAll(async () => {
        site = await openTestSite(await cloneSitePlace(filled), { now: () => NOW })
        app = await createApp(site, { demo: false })
      })
      afterAll(async () => {
        await app.stop()
        await site.close()
      })

      it.each(
        parseExchanges(readFileSync(join(FOLDER, file), 'utf8')).map(
          (exchange) => [exchange.name, exchange] as const,
        ),
      )('%s', async (_name, exchange) => {
        const { response } = exchange
        const answer = await ask(exchange)
        expect(answer.statusCode, answer.body).toBe(response.status)
        for (const [name, value] of Object.entries(response.headers)) {
          expect(`${name}: ${answer.headers[name] ?? '-'}`).toMatch(patternOf(`${name}: ${value}`))
        }
        const pattern = patternOf(filledIn(response.body, captured))
        expect(answer.body).toMatch(pattern)
        for (const [name, value] of Object.entries(pattern.exec(answer.body)?.groups ?? {}))
          captured.set(name, value)
      })
    })
  }
})
