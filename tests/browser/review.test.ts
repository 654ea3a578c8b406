import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAs, findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'

const chromium = findChromium()
/** On a machine that does much else. */
const LIMIT_MS = 90_000

interface Made {
  readonly id: number
}
interface Listed {
  readonly items: readonly (Made & { readonly name?: string; readonly requiresReview?: boolean })[]
}
interface Details {
  readonly version: number
  readonly allReviewed: boolean
  readonly results: readonly { readonly name: string; readonly statusId: number }[]
}

const LIST = 'Journey review list'

describe.skipIf(chromium === undefined)('reviewing', () => {
  let laboratory: Laboratory
  /** Sessions from the newest to the oldest: action, passed, tolerance. */
  let sessions: readonly number[]
  let approved: number

  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const { page } = await openPage(laboratory)
    await signIn(page)
    const statuses = await callAs<Listed>(page, 'GET', '/machine-qa/statuses?order=id')
    approved = statuses.items.find(({ name }) => name === 'Approved')?.id ?? 0
    sessions = await performThree(page)
    await page.context().close()
  }, LIMIT_MS)
  afterAll(() => laboratory?.close())

  it(
    'goes through the queue by keyboard: differences first, on to the next, and back to an empty queue',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page, 'reviewer', 'demo')
      await page.goto(`/app/machine-qa/review?q=${encodeURIComponent(LIST)}`)
      await page.getByText('2 need your eyes').waitFor()
      const rows = page.getByRole('table', { name: 'Sessions to review' }).locator('tbody tr')
      expect(await rows.allInnerTexts()).toEqual([
        expect.stringContaining('1 action'),
        expect.stringContaining('1 tolerance'),
        expect.stringContaining('2 passed'),
      ])

      // the first one: only what needs eyes is spread out
      await rows.first().focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: LIST, level: 1 }).waitFor()
      await page.getByText('1 of 3 to review').waitFor()
      const needs = page.getByRole('region', { name: 'Needs your eyes' })
      expect(await needs.getByRole('listitem').count()).toBe(1)
      await page.getByText('1 result stays without a decision.').waitFor()
      await needs.getByLabel(/Status of/).selectOption({ label: 'Rejected' })
      await page.getByText('Every result has a decision.').waitFor()
      await page.keyboard.press('Control+Enter')

      // the next one, without going back to the list
      await page.getByText('2 of 3 to review').waitFor()
      const first = await callAs<Details>(page, 'GET', `/machine-qa/sessions/${sessions[0]}/details`)
      expect(first.allReviewed).toBe(true)
      expect(new Set(first.results.map(({ statusId }) => statusId)).size).toBe(2)
      await page.keyboard.press(']')
      await page.getByText('3 of 3 to review').waitFor()
      await page.getByText('All passed').waitFor()
      await page.keyboard.press('[')
      await page.getByText('2 of 3 to review').waitFor()
      await needs.getByLabel(/Status of/).selectOption({ label: 'Approved' })
      await page.getByRole('button', { name: 'Store review and go on' }).click()
      await page.getByText('3 of 3 to review').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'shows the second of two reviewers that nothing was stored, and what is stored now',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page, 'reviewer', 'demo')
      const last = sessions[1] ?? 0
      await page.goto(`/app/machine-qa/review/${last}`)
      await page.getByText('All passed').waitFor()
      const other = await openPage(laboratory)
      await signIn(other.page)
      const { version } = await callAs<Details>(other.page, 'GET', `/machine-qa/sessions/${last}/details`)
      await callAs(other.page, 'POST', `/machine-qa/sessions/${last}/review`, { version, statusId: approved })
      await other.page.context().close()

      await page.getByRole('button', { name: /^Store review/ }).click()
      await page.getByText('Somebody else was faster').waitFor()
      await page.getByRole('button', { name: 'Show what is stored now' }).click()
      await page.getByText('Reviewed', { exact: true }).first().waitFor()
      expect(await page.getByText('Somebody else was faster').count()).toBe(0)
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'approves everything that passed with one action, and many from the list of sessions',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page)
      const { passed } = await callAs<{ passed: number }>(page, 'GET', '/machine-qa/review-queue')
      expect(passed).toBeGreaterThan(1)
      await page.goto('/app/machine-qa/review')
      await page.getByRole('button', { name: `Approve ${passed} sessions that passed` }).waitFor()
      await page.keyboard.press('a')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: `Approve ${passed} sessions` })
        .click()
      await page.getByText('Nothing waits for a review', { exact: true }).waitFor()

      const [newest] = sessions
      await page.goto(`/app/machine-qa/sessions?id=${newest}`)
      await page.getByLabel('Select row 1').check()
      await page.getByRole('button', { name: 'Set 1 to Rejected' }).click()
      await page.getByText('1 session: Rejected.').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'is only for those who may review',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page, 'therapist', 'demo')
      await page.goto('/app/machine-qa')
      await page.getByRole('link', { name: 'Work list', exact: true }).waitFor()
      expect(await page.getByRole('link', { name: 'Review', exact: true }).count()).toBe(0)
      await page.goto('/app/machine-qa/review')
      await page.getByText('You may not see this').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )
})

/** A list of two tests on a new unit, performed three times by the administrator; ids from the newest on. */
async function performThree(page: Page): Promise<readonly number[]> {
  const add = async (path: string, values: unknown): Promise<number> =>
    (await callAs<Made>(page, 'POST', `/machine-qa/${path}`, values)).id
  const first = async (path: string): Promise<number> =>
    (await callAs<Listed>(page, 'GET', `/machine-qa/${path}?limit=1`)).items[0]?.id ?? 0
  const groups = await callAs<Listed>(page, 'GET', '/access/groups?limit=100')
  const visibleTo = groups.items.map(({ id }) => id)
  const category = await first('categories')
  const test = (name: string, slug: string) => add('tests', { name, slug, category, type: 'simple' })
  const tests = [await test('Journey dose', 'journey_dose'), await test('Journey energy', 'journey_energy')]
  const testList = await add('test-lists', { name: LIST, tests })
  const unit = await add('units', {
    name: 'Journey review linac',
    dateAcceptance: '2020-01-01',
    type: await first('unit-types'),
  })
  const assignment = await add('assignments', { unit, testList, visibleTo, assignedTo: visibleTo[0] })
  const infos = await callAs<Listed>(page, 'GET', `/machine-qa/unit-test-infos?unit=${unit}`)
  const tolerance = await add('tolerances', {
    type: 'percent',
    actLow: -3.3,
    tolLow: -2.2,
    tolHigh: 2.2,
    actHigh: 3.3,
  })
  await callAs(page, 'POST', '/machine-qa/references/set', {
    comment: 'commissioning',
    settings: infos.items.map(({ id }) => ({ unitTestInfoId: id, value: 100, toleranceId: tolerance })),
  })
  const form = await callAs<{ tests: readonly { macro: string }[] }>(
    page,
    'GET',
    `/machine-qa/performing-form?assignment=${assignment}`,
  )
  const [dose = '', energy = ''] = form.tests.map(({ macro }) => macro)
  const ids: number[] = []
  for (const [index, value] of [102.5, 100, 105].entries()) {
    const workStarted = new Date(Date.now() - (3 - index) * 60_000).toISOString()
    const entries = { [dose]: { value }, [energy]: { value: 100 } }
    const body = { assignmentId: assignment, workStarted, workCompleted: workStarted, tests: entries }
    ids.unshift((await callAs<Made>(page, 'POST', '/machine-qa/sessions', body)).id)
  }
  return ids
}
