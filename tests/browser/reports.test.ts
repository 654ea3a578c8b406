import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdfText } from '../../src/platform/pdf/read-pdf-text.ts'
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

/** What was downloaded by a click. */
async function download(page: Page, click: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()])
  return readFile(await file.path())
}

describe.skipIf(chromium === undefined)('reports', () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
  })
  afterAll(() => laboratory?.close())

  it('are narrowed, looked at, downloaded, saved, scheduled and issued', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page, 'physicist', 'demo')
    await page.goto('/app/reports')
    await page.getByRole('link', { name: /^QA of the week/ }).waitFor()
    await takeScreenshot(page, 'reports-1280-light')

    // chosen, narrowed by the keyboard, and the preview follows
    await page.getByRole('link', { name: /^QA session details/ }).press('Enter')
    await page.getByRole('heading', { name: 'QA session details', level: 1 }).waitFor()
    await page.getByRole('columnheader', { name: 'Value' }).waitFor()
    await page.getByRole('combobox', { name: 'Completed' }).click()
    await page.getByRole('option', { name: 'Last 30 days' }).click()
    await page.getByText(/Last 30 days \(/).waitFor()
    expect(decodeURIComponent(page.url())).toContain('last-30-days')
    await page.getByRole('combobox', { name: 'Units' }).fill('Unit 1')
    await page
      .getByRole('option', { name: /Unit 1/ })
      .first()
      .click()
    await page.keyboard.press('Escape')

    // saved under a title, to be sent
    await page.getByRole('textbox', { name: 'Title' }).fill('Output for the board')
    await page.getByRole('textbox', { name: 'Note' }).fill('As agreed in spring.')
    await page.getByLabel('Sent by mail').check()
    await page.getByRole('button', { name: 'Save report' }).click()
    await page.getByText('Name at least one recipient.').waitFor()
    await page.getByRole('textbox', { name: 'To other addresses' }).fill('board@clinic.example')
    await page.getByRole('button', { name: 'Save report' }).click()
    await page.getByRole('heading', { name: 'Output for the board', level: 1 }).waitFor()
    await page.getByText(/Sent next/).waitFor()
    await page.getByText('It was not sent yet.').waitFor()
    const id = page.url().split('/').at(-1)?.split('?')[0]
    const stored = await callAs<{ filters: object; schedule: { addresses: readonly string[] } }>(
      page,
      'GET',
      `/reports/${id}`,
    )
    expect(stored.filters).toMatchObject({ completed: 'last-30-days' })
    expect(stored.schedule.addresses).toEqual(['board@clinic.example'])
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'report-1280-light')
    expect(await findViolations(page)).toEqual([])

    // as a file that says what the preview said
    await page.getByRole('button', { name: 'Download' }).click()
    const pdf = await download(page, () => page.getByRole('menuitem', { name: 'PDF' }).click())
    const text = readPdfText(pdf).join('\n')
    for (const words of ['Output for the board', 'As agreed in spring.', 'Last 30 days', 'Unit 1'])
      expect(text).toContain(words)

    // given out under a number
    await page.getByRole('button', { name: 'Issue document' }).click()
    await page.getByRole('heading', { name: 'Issued documents', level: 1 }).waitFor()
    const link = page.getByRole('link', { name: /^RPT-\d{4}-0002$/ })
    await link.waitFor()
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'documents-1280-light')
    expect(await findViolations(page)).toEqual([])
    const issued = await page.request.get(String(await link.getAttribute('href')))
    expect(readPdfText(await issued.body()).join('\n')).toContain((await link.textContent()) ?? '?')

    // a session too
    const { items } = await callAs<{ readonly items: readonly { readonly id: number }[] }>(
      page,
      'GET',
      '/machine-qa/sessions?inProgress=false&order=-workCompleted&limit=1',
    )
    await page.goto(`/app/machine-qa/sessions/${items[0]?.id}`)
    await page.getByRole('button', { name: 'Issue document' }).click()
    await page.getByRole('link', { name: /^QAS-\d{4}-0002$/ }).waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it('of one person are not seen by another, and look right in the dark and small', async () => {
    const { page, problems } = await openPage(laboratory, { scheme: 'dark', width: 800 })
    await signIn(page, 'reviewer', 'demo')
    await page.goto('/app/reports')
    await page.getByRole('link', { name: /^QA of the week/ }).waitFor()
    expect(await page.getByRole('link', { name: /^Output for the board/ }).count()).toBe(0)
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'reports-800-dark')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: /^QA of the week/ }).click()
    await page.getByRole('columnheader', { name: 'Test list' }).waitFor()
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'report-800-dark')
    expect(
      Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')),
    ).toBeLessThanOrEqual(0)
    // somebody else's is run, not changed
    expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0)
    expect(problems).toEqual([])
    await page.context().close()
  }, 60_000)
})
