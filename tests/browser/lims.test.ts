import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsInAllLooks } from './administrator-harness.ts'
import { callAs, findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'

const chromium = findChromium()
/** On a machine that does much else. */
const LIMIT_MS = 90_000

interface Sheet {
  readonly id: number
  readonly objectId: string
}

describe.skipIf(chromium === undefined)('the laboratory in a browser', () => {
  let laboratory: Laboratory
  /** Identifier of the sample that goes through the laboratory. */
  let sample = ''
  let worksheet: Sheet

  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
  }, LIMIT_MS)
  afterAll(() => laboratory?.close())

  const openAs = async (username: string): Promise<{ page: Page; problems: string[] }> => {
    const opened = await openPage(laboratory)
    await signIn(opened.page, username, 'demo')
    return opened
  }

  it(
    'lets a clerk register a sample, with what is missing named beside the fields',
    async () => {
      const { page, problems } = await openAs('clerk')
      await page.goto('/app/lims')
      await page.getByRole('heading', { name: 'Laboratory', level: 1 }).waitFor()
      await page.getByRole('region', { name: 'Work by state' }).getByText('Received').waitFor()
      expect(await problemsInAllLooks(page, 'lims-overview')).toEqual([])
      await page.getByRole('button', { name: 'Register samples' }).click()
      await page.getByRole('button', { name: 'Register 1 sample' }).click()
      await page.getByText('Choose the client.').waitFor()
      await choose(page, 'Client', 'Happy Hills')
      await page.getByLabel('Contact').selectOption({ label: 'Rita Mohale' })
      await choose(page, 'Sample type', 'Barley')
      await page.getByLabel('Sampled at').fill('2026-01-05T09:30')
      await choose(page, 'Analyses', 'Dry Matter')
      await choose(page, 'Analyses', 'Moisture')
      await page.keyboard.press('Escape')
      await page.getByRole('row', { name: /Moisture/ }).waitFor()
      await page.getByText(/^2 analyses, /).waitFor()
      // what was filled in outlives the page
      await page.reload()
      await page.getByText('What you filled in before is here again.').waitFor()
      expect(await problemsInAllLooks(page, 'lims-register')).toEqual([])
      await page.getByRole('button', { name: 'Register 1 sample' }).click()
      await page.getByText('Sample due').first().waitFor()
      sample = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
      expect(sample).toMatch(/^BAR-\d{4}-R01$/)
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'receives it by its scanned identifier, and names what cannot be received',
    async () => {
      const { page, problems } = await openAs('sampler')
      await page.goto('/app/lims/receive')
      const code = page.getByLabel('Identifier')
      await code.fill(sample)
      await page.keyboard.press('Enter')
      await page.getByRole('listitem').filter({ hasText: sample }).getByText('Received').waitFor()
      await code.fill('NO-SUCH-THING')
      await page.keyboard.press('Enter')
      await page.getByText('Nothing has this identifier.').waitFor()
      expect(await problemsInAllLooks(page, 'lims-receive')).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'is put on a worksheet, with a duplicate',
    async () => {
      const { page, problems } = await openAs('labmanager')
      await page.goto('/app/lims/set-up')
      await page.getByRole('link', { name: 'Analysis profiles' }).waitFor()
      expect(await problemsInAllLooks(page, 'lims-set-up')).toEqual([])
      await page.goto('/app/lims/worksheets')
      await page.getByRole('button', { name: 'Make worksheet' }).first().click()
      await page.getByLabel('Analyst').fill('analyst')
      await page.getByRole('dialog').getByRole('button', { name: 'Make worksheet' }).click()
      await page.getByRole('button', { name: 'Add samples' }).click()
      await page.getByLabel('Search what waits').fill(sample)
      await page.getByRole('checkbox', { name: sample }).check()
      await page.getByRole('dialog').getByRole('button', { name: 'Add samples' }).click()
      await page.getByRole('textbox', { name: `Dry Matter of ${sample}, position 1` }).waitFor()
      await page.getByRole('button', { name: 'Add duplicate' }).click()
      await page.getByLabel('Position to repeat').selectOption('1')
      await page.getByRole('dialog').getByRole('button', { name: 'Add duplicate' }).click()
      await page.getByText('of position 1').waitFor()
      await page.getByRole('button', { name: 'Remove position 1' }).waitFor()
      expect(await problemsInAllLooks(page, 'lims-worksheet')).toEqual([])
      const objectId = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
      worksheet = { id: Number(new URL(page.url()).pathname.split('/').at(-1)), objectId }
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'takes results by keyboard and from a pasted column, and submits them',
    async () => {
      const { page, problems } = await openAs('analyst')
      await page.goto(`/app/lims/worksheets/${worksheet.id}`)
      const cells = page.locator('input[data-entry]')
      await cells.first().waitFor()
      expect(await cells.count()).toBe(4)
      await cells.first().focus()
      await page.keyboard.type('57.1')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(FOCUSED_CELL)).toBe(1)
      await page.evaluate(PASTE)
      await expect.poll(() => cells.nth(3).inputValue()).toBe('83.1')
      await page.getByRole('button', { name: 'Submit 4 results' }).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.getByText('4 results: submit done.').waitFor()
      // nobody verifies their own
      expect(await page.getByRole('button', { name: /^Verify/ }).count()).toBe(0)
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'is verified by somebody else with one key',
    async () => {
      const { page, problems } = await openAs('verifier')
      await page.goto(`/app/lims/worksheets/${worksheet.id}`)
      await page.getByRole('button', { name: 'Verify 4 results' }).waitFor()
      await page.keyboard.press('v')
      await page.getByText('4 results: verify done.').waitFor()
      await page.getByRole('heading', { name: worksheet.objectId }).waitFor()
      await page.goto(`/app/lims/samples?q=${sample}`)
      await page
        .getByRole('row', { name: new RegExp(sample) })
        .getByText('Verified')
        .waitFor()
      expect(await problemsInAllLooks(page, 'lims-samples')).toEqual([])
      await page.getByRole('link', { name: sample }).click()
      await page.getByText('2 of 2 results verified').waitFor()
      expect(await problemsInAllLooks(page, 'lims-sample')).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )

  it(
    'shows the contact of a client the samples of that client alone',
    async () => {
      const { page, problems } = await openAs('client1')
      const { items } = await callAs<{ items: readonly { client: { name: string }; id: number }[] }>(
        page,
        'GET',
        '/lims/samples?limit=500',
      )
      expect([...new Set(items.map(({ client }) => client.name))]).toEqual(['Happy Hills'])
      await page.goto('/app/lims/samples')
      await page.getByRole('link', { name: sample }).waitFor()
      expect(await page.getByRole('row', { name: /Klaymore|Myrtle|Ruff Guys|Norton/ }).count()).toBe(0)
      expect(await page.getByRole('link', { name: 'Worksheets' }).count()).toBe(0)
      await page.goto(`/app/lims/worksheets/${worksheet.id}`)
      await page.getByText('You may not see this').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    LIMIT_MS,
  )
})

/** Which cell of the grid holds the cursor, from 0. */
const FOCUSED_CELL = `[...document.querySelectorAll('input[data-entry]')].indexOf(document.activeElement)`

/** What a browser does with a column that was copied in a spreadsheet. */
const PASTE = `(() => {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text', '83.2\\r\\n57.3\\r\\n83.1\\r\\n')
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.activeElement.dispatchEvent(paste)
})()`

/** Chooses in a field that searches. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.click()
  await field.fill(option)
  await page.getByRole('option', { name: option, exact: true }).filter({ visible: true }).click()
}
