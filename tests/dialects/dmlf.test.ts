import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import type { DatabaseKind } from '../../src/platform/database/database.ts'
import type { Site } from '../../src/site.ts'
import { type Exchange, filledIn, parseExchanges, patternOf } from '../support/exchange-file.ts'
import { makeSitePlace, openTestSite, removeSitePlace, type SitePlace } from '../support/make-site.ts'
import { fillResearch, RESEARCH_PASSWORD, RESEARCH_USERS } from '../support/research-fixture.ts'

const NOW = new Date('2026-11-21T20:28:02.959Z')
const FOLDER = join(import.meta.dirname, 'dmlf')

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('the research data API (%s)', (kind) => {
  let place: SitePlace
  let site: Site
  let app: App
  const tokens = new Map<string, string>()
  const captured = new Map<string, string>()

  beforeAll(async () => {
    place = await makeSitePlace(kind)
    site = await openTestSite(place, { now: () => NOW })
    await fillResearch(site)
    app = await createApp(site, { demo: false })
    for (const username of Object.keys(RESEARCH_USERS)) {
      const answer = await app.server.inject({
        method: 'POST',
        url: '/api/token/',
        payload: { username, password: RESEARCH_PASSWORD },
      })
      tokens.set(username, answer.json<{ access: string }>().access)
    }
  })
  afterAll(async () => {
    await app.stop()
    await site.close()
    await removeSitePlace(place)
  })

  async function answerTo({ request }: Exchange) {
    const token = request.who.by === 'nobody' ? undefined : tokens.get(request.who.role)
    const body = request.body === undefined ? undefined : filledIn(request.body, captured)
    const isForm = request.headers['content-type']?.startsWith('multipart/') === true
    return app.server.inject({
      method: request.method as 'GET',
      url: filledIn(request.path, captured),
      headers: {
        host: 'lab.example',
        ...request.headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { payload: isForm ? formBytes(body) : Buffer.from(body) }),
    })
  }

  for (const file of readdirSync(FOLDER).toSorted()) {
    describe(file, () => {
      const exchanges = parseExchanges(readFileSync(join(FOLDER, file), 'utf8'))
      it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))(
        '%s',
        async (_name, exchange) => {
          compareAnswer(await answerTo(exchange), exchange, captured)
        },
      )
    })
  }
})

type Answer = {
  readonly statusCode: number
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

function compareAnswer(
  answer: Answer,
  { response: expected }: Exchange,
  captured: Map<string, string>,
): void {
  expect(answer.statusCode, answer.body).toBe(expected.status)
  for (const [name, value] of Object.entries(expected.headers)) {
    const found = answer.headers[name]
    if (value === '-') expect(found, name).toBeUndefined()
    else expect(String(found), name).toMatch(patternOf(filledIn(value, captured)))
  }
  const match = patternOf(filledIn(expected.body, captured)).exec(answer.body)
  if (!match) expect(answer.body).toBe(expected.body)
  for (const [name, value] of Object.entries(match?.groups ?? {})) captured.set(name, value)
}

/** Lines of a form end as RFC 2046 says; `%PK` stands for an empty ZIP, `%FF` for a byte that is no UTF-8. */
function formBytes(text: string): Buffer {
  const empty = Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)])
  const parts = text.replaceAll('\n', '\r\n').split(/(%PK|%FF)/)
  return Buffer.concat(
    parts.map((part) => (part === '%PK' ? empty : part === '%FF' ? Buffer.from([0xff]) : Buffer.from(part))),
  )
}
