import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callAs,
  findChromium,
  findViolations,
  type Laboratory,
  openLaboratory,
  openPage,
  signIn,
} from './browser.ts'

const chromium = findChromium()
/** On a machine that does much else. */
const LIMIT_MS = 90_000

interface Choices {
  readonly tests: readonly { readonly id: number; readonly name: string }[]
}

describe.skipIf(chromium === undefined)('charts, program and board', () => {
  let laboratory: Laboratory
  let testId: number
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const { page } = await openPage(laboratory)
    await signIn(page)
    const { tests } = await callAs<Choices>(page, 'GET', '/machine-qa/charts/choices?unit=5')
    testId = tests.find(({ name }) => name === '6 MV symmetry')?.id ?? 0
    await page.context().close()
  }, LIMIT_MS)
  afterAll(() => laboratory?.close())

  it(
    'plot chosen tests of chosen units; the address alone shows the same to somebody else',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page, 'physicist', 'demo')
      await page.goto('/app/machine-qa/charts')
      await page.getByRole('combobox', { name: 'Units' }).fill('Unit 1')
      await page.getByRole('option', { name: 'Unit 1', exact: true }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Tests' }).fill('6 MV symmetry')
      await page.getByRole('option', { name: '6 MV symmetry' }).click()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '2 years' }).click()
      await page.getByRole('img', { name: /Unit 1 :: 6 MV symmetry: \d+ points/ }).waitFor()
      const address = page.url()
      expect(address).toContain(`unit=5&test=${testId}`)

      // as a table, whose times lead to the sessions
      await page.getByRole('button', { name: 'Show as table' }).click()
      const table = page.getByRole('region', { name: 'Data of Results' })
      await table.getByRole('link').first().click()
      await page.waitForURL(/\/machine-qa\/sessions\/\d+/)
      await page.context().close()

      const other = await openPage(laboratory)
      await signIn(other.page)
      await other.page.goto(address)
      await other.page.getByRole('img', { name: /Unit 1 :: 6 MV symmetry: \d+ points/ }).waitFor()
      const [download] = await Promise.all([
        other.page.waitForEvent('download'),
        other.page
          .getByRole('button', { name: 'Export this chart' })
          .click()
          .then(() => other.page.getByRole('menuitem', { name: 'Data (CSV)' }).click()),
      ])
      const csv = await readFile(await download.path(), 'utf8')
      expect(csv).toMatch(/^time,series,value,unit,status,difference,person,comment\r\n/)
      expect(csv.split('\r\n').length).toBeGreaterThan(300)
      await other.page.context().close()
      expect([...problems, ...other.problems]).toEqual([])
    },
    LIMIT_MS,
  )

  it(
    'switch series off in the address, and name the rules that a control chart breaks',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page)
      await page.goto(`/app/machine-qa/charts?unit=5,1&test=${testId}&from=2024-01-01`)
      const legend = page.getByRole('button', { name: 'Unit 1 :: 6 MV symmetry' })
      await legend.click()
      await page.waitForURL(/hide=5-/)
      expect(await legend.getAttribute('aria-pressed')).toBe('false')

      await page.getByText('Shewhart', { exact: true }).click()
      await page.getByRole('combobox', { name: 'Rules' }).selectOption('nelson')
      await page.getByRole('img', { name: /6 MV symmetry, moving ranges/ }).waitFor()
      await page.waitForURL(/control=shewhart&rules=nelson/)
      const signals = page.getByRole('region', { name: 'Rules broken' })
      await signals.getByRole('listitem').first().waitFor()
      await page.getByText('CUSUM', { exact: true }).click()
      await page.getByRole('img', { name: /cumulative sums/ }).waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'show the program, a month of it and a day, by keyboard',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page)
      await page.goto('/app/machine-qa/program')
      await page.getByRole('region', { name: 'Program by unit and frequency' }).waitFor()
      await page.getByText('By month', { exact: true }).click()
      await page.getByRole('region', { name: 'Program by month' }).waitFor()
      await page.goto('/app/machine-qa/calendar')
      const days = page.getByRole('button', { name: /^\d+ \w+ \d{4}: / })
      await days.first().waitFor()
      await page.keyboard.press('[')
      await page.waitForURL(/month=/)
      await page.getByRole('button', { name: /done/ }).first().focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.waitForURL(/day=/)
      await page.getByRole('heading', { level: 3 }).first().waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'show every unit on the board with its reasons, and follow one',
    async () => {
      const { page, problems } = await openPage(laboratory, { width: 1920 })
      await page.goto('/app/board/machine-qa')
      await page.waitForURL(/sign-in/)
      await page.getByLabel('User name').fill('viewer')
      await page.getByLabel('Password', { exact: true }).fill('demo')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'QA state', level: 1 }).waitFor()
      const units = page.getByRole('link', { name: /^(Unit|CT|HDR) \d$/ })
      await units.first().waitFor()
      expect(await units.count()).toBe(6)
      expect(await findViolations(page)).toEqual([])

      await page.getByRole('link', { name: 'Unit 1' }).click()
      const follow = page.getByRole('button', { name: /ollow unit/ })
      await follow.waitFor()
      const before = await follow.textContent()
      await follow.click()
      await page
        .getByRole('button', { name: before === 'Follow unit' ? 'Unfollow unit' : 'Follow unit' })
        .waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'show the effect of another reference on past results before it is set',
    async () => {
      const { page, problems } = await openPage(laboratory)
      await signIn(page)
      const infos = await callAs<{ items: readonly { id: number }[] }>(
        page,
        'GET',
        `/machine-qa/unit-test-infos?unit=5&test=${testId}`,
      )
      await page.goto(`/app/machine-qa/tests/${infos.items[0]?.id}`)
      await page.getByText('Type another reference', { exact: false }).waitFor()
      await page.getByLabel('Reference', { exact: true }).fill('104')
      const effect = page.getByRole('region', { name: 'Effect on past results' })
      await effect.getByText(/results would be judged differently/).waitFor()
      await effect.getByRole('table').waitFor()
      expect(await findViolations(page)).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )
})
