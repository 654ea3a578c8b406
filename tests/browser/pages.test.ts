import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callAs,
  findChromium,
  findViolations,
  type Laboratory,
  openLaboratory,
  openPage,
  signIn,
  takeScreenshot,
} from './browser.ts'

const chromium = findChromium()

interface Items {
  readonly items: readonly { readonly id: number }[]
}

describe.skipIf(chromium === undefined)('pages', () => {
  let laboratory: Laboratory
  const paths = new Map<string, string>([
    ['start', '/app/'],
    ['units', '/app/machine-qa'],
    ['work-list', '/app/machine-qa/work'],
    ['sessions', '/app/machine-qa/sessions'],
    ['review', '/app/machine-qa/review'],
    ['program', '/app/machine-qa/program'],
    ['program-months', '/app/machine-qa/program?tab=months'],
    ['calendar', '/app/machine-qa/calendar'],
    ['board', '/app/board/machine-qa'],
    ['administration', '/app/admin'],
    ['record-list', '/app/admin/machine-qa.test'],
    ['new-record', '/app/admin/machine-qa.unit/new'],
    ['account', '/app/account'],
    ['reports', '/app/reports'],
    ['documents', '/app/reports/documents'],
    ['test-packs', '/app/machine-qa/test-packs'],
  ])
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const { page } = await openPage(laboratory)
    await signIn(page)
    const newest = async (path: string): Promise<number> =>
      (await callAs<Items>(page, 'GET', path)).items[0]?.id ?? 0
    const work = await callAs<{ items: readonly { assignmentId: number; unit: { id: number } }[] }>(
      page,
      'GET',
      '/machine-qa/work?limit=1',
    )
    const [item] = work.items
    const results = await newest('/machine-qa/unit-test-infos?reference:isnull=false&limit=1')
    paths.set('perform', `/app/machine-qa/perform/${item?.assignmentId}`)
    paths.set('unit', `/app/machine-qa/units/${item?.unit.id}`)
    paths.set('test', `/app/machine-qa/tests/${results}`)
    const done = await newest('/machine-qa/sessions?inProgress=false&order=-workCompleted&limit=1')
    paths.set('session', `/app/machine-qa/sessions/${done}`)
    paths.set('review-session', `/app/machine-qa/review/${done}`)
    const choices = await callAs<{ tests: readonly { id: number }[] }>(
      page,
      'GET',
      `/machine-qa/charts/choices?unit=${item?.unit.id}`,
    )
    const chart = `unit=${item?.unit.id}&test=${choices.tests[0]?.id}`
    paths.set('charts', `/app/machine-qa/charts?${chart}&control=ewma&baseline=3`)
    const list = await newest('/machine-qa/test-lists?limit=1')
    paths.set('test-list', `/app/admin/machine-qa.test-list/${list}`)
    await page.context().close()
  })
  afterAll(() => laboratory?.close())

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 800],
    ['dark', 800],
  ] as const)(
    'are accessible in %s at %d and fit their width',
    async (scheme, width) => {
      const { page, problems } = await openPage(laboratory, { scheme, width })
      await signIn(page)
      const found: string[] = []
      for (const [name, path] of paths) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        await takeScreenshot(page, `${name}-${width}-${scheme}`)
        // what differs between the others is the place of things, which the screenshots show
        if (isJudged(scheme, width)) {
          found.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`))
        }
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`)
      }
      expect(found).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    120_000,
  )
})

function isJudged(scheme: 'light' | 'dark', width: number): boolean {
  return (scheme === 'light') === (width === 1280)
}
