import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsInAllLooks } from './administrator-harness.ts'
import { findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'

const chromium = findChromium()
const RELEASE = '/app/quality/f1d0e056-2440-43bd-b640-f6753ccf4496'
const VIOLATIONS = 'd4c0dea1-b072-417f-804e-6045544748db'

describe.skipIf(chromium === undefined)('an editor of quality reports', () => {
  let laboratory: Laboratory
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const opened = await openPage(laboratory)
    page = opened.page
    problems = opened.problems
    await signIn(page, 'jadoe', 'secret')
  })
  afterAll(async () => {
    await laboratory?.close()
  })

  it('makes a report whose metric turns from unknown to red by a number and to green by another target', async () => {
    await page.goto('/app/quality')
    await page.getByRole('link', { name: 'Treatment planning release' }).waitFor()
    await page.getByRole('button', { name: 'Add report' }).click()
    await page.waitForURL(/\/quality\/[0-9a-f-]{36}/)

    await page.getByRole('button', { name: 'Report configuration' }).click()
    await enter(page, 'Title', 'Journey report')
    await page.getByRole('heading', { name: 'Journey report', level: 1 }).waitFor()

    await add(page, 'Add subject', 'Software')
    await add(page, 'Add metric', 'Sentiment')
    await page.getByRole('button', { name: 'Sentiment', exact: true }).click()
    expect(page.url()).toMatch(/[?&]tabs=[0-9a-f-]{36}:0/)
    await enter(page, 'Target', '8')
    await page.getByRole('tab', { name: 'Sources' }).click()
    await add(page, 'Add source', 'Manual number')
    await enter(page, 'Number', '5')

    const row = page.getByRole('row', { name: /Sentiment/ }).first()
    await page.getByRole('button', { name: 'Measure now' }).click()
    await expect.poll(() => row.textContent(), { timeout: 60_000 }).toContain('Target not met')
    await page.getByRole('tab', { name: 'Configuration' }).click()
    await enter(page, 'Target', '5')
    await expect.poll(() => row.textContent()).toContain('Target met')
    expect(await problemsInAllLooks(page, 'quality-metric')).toEqual([])
    await page.getByRole('tab', { name: 'Changelog' }).click()
    await page.getByText(/changed the target of .* from '8' to '5'/).waitFor()
  }, 150_000)

  it('marks many entities at once, and a removed metric comes back', async () => {
    await page.goto(`${RELEASE}?tabs=${VIOLATIONS}:5`)
    await page.getByRole('checkbox', { name: /^Select all/ }).check()
    await page.getByLabel('Rationale').fill('Generated code')
    await page.getByRole('button', { name: /^Mark \d+/ }).click()
    await page.getByRole('cell', { name: 'Generated code' }).first().waitFor()
    expect(await page.getByRole('cell', { name: 'False positive' }).count()).toBeGreaterThan(1)
    expect(await problemsInAllLooks(page, 'quality-entities')).toEqual([])

    await page.goto(`${RELEASE}?q=velocity&tabs=`)
    await page.getByRole('button', { name: 'Velocity' }).first().click()
    await page.getByRole('button', { name: /^More for metric/ }).click()
    await page.getByRole('menuitem', { name: 'Remove metric' }).click()
    await page.getByRole('button', { name: 'Remove metric' }).click()
    await page.getByText('What is filtered leaves none').waitFor()
    await page.getByRole('button', { name: 'Removed items' }).click()
    await page.getByRole('button', { name: 'Restore' }).first().click()
    await page.getByText('Restored.').waitFor()
  }, 120_000)

  it('finds in the address what is shown, travels in time and takes the report along as files', async () => {
    await page.goto(RELEASE)
    await page
      .getByRole('button', { name: /^Failing unit tests/ })
      .first()
      .click()
    await page.getByRole('tab', { name: 'Trend' }).click()
    await page.waitForURL(/tabs=[0-9a-f-]{36}:2/)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Comment' }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Status', exact: true }).first().click()
    await page.waitForURL(/sort_column=status/)
    expect(page.url()).toContain('hidden_columns=comment')

    await page.getByLabel('As it was at the end of').fill('2026-10-01')
    await page.getByText('The past cannot be edited').waitFor()
    expect(await page.getByRole('button', { name: 'Add subject' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Back to now' }).first().click()
    await page.getByRole('button', { name: 'Add subject' }).waitFor()

    expect((await exported(page, 'PDF of what is shown')).subarray(0, 4).toString()).toBe('%PDF')
    const csv = (await exported(page, 'CSV of all metrics')).toString()
    expect(csv.split('\r\n')[0]).toMatch(/^subject,metric,status/)
    const json = JSON.parse((await exported(page, 'JSON for this or another server')).toString())
    expect(json).toMatchObject({ title: 'Treatment planning release' })
    await page.getByRole('heading', { name: 'Planning software' }).scrollIntoViewIfNeeded()
    expect(await problemsInAllLooks(page, 'quality-report')).toEqual([])
    await page.goto('/app/quality')
    await page.getByRole('link', { name: 'Treatment planning release' }).waitFor()
    expect(await problemsInAllLooks(page, 'quality')).toEqual([])
    await page.goto(RELEASE.replace('quality', 'board/quality'))
    await page.getByRole('heading', { name: /need action/ }).waitFor()
    expect(await problemsInAllLooks(page, 'quality-board')).toEqual([])
    expect(problems).toEqual([])
  }, 120_000)
})

/** Types into a field and stores it with Enter; waits until it is no longer being edited. */
async function enter(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true })
  await field.fill(text)
  const stored = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await field.press('Enter')
  expect((await stored).status()).toBe(200)
}

async function add(page: Page, button: string, type: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('option', { name: type, exact: true }).click()
  await page.getByText(`Added: ${type}.`).waitFor()
}

async function exported(page: Page, item: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ])
  return readFile(await download.path())
}
