import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  findChromium,
  findViolations,
  type Laboratory,
  openLaboratory,
  openPage,
  signIn,
  takeScreenshot,
} from './browser.ts'

const chromium = findChromium()
const PACK = await readFile(
  new URL('../../src/modules/machine-qa/test-packs/foreign-pack.tpk', import.meta.url),
)

describe.skipIf(chromium === undefined)('test packs', () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
  })
  afterAll(() => laboratory?.close())

  it('are previewed, imported, clash the second time, and are exported again', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page, 'physicist', 'demo')
    await page.goto('/app/machine-qa/test-packs')
    const file = page.locator('input[type=file]')
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })

    // what is no pack is refused with the reason
    await file.setInputFiles({
      name: 'x.tpk',
      mimeType: 'application/json',
      buffer: Buffer.from('{"objects": 1}'),
    })
    await page.getByText('This must be an object.').waitFor()

    // what will be made, and what of the instructions is left out
    await file.setInputFiles({ name: 'daily.tpk', mimeType: 'application/json', buffer: PACK })
    await row('Daily QA').getByText('Will be made').waitFor()
    await row('Daily QA').getByText('Left out of its instructions: <script>, onclick on <p>').waitFor()
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'test-pack-1280-light')
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Import 6 things' }).press('Enter')
    await row('Daily QA').getByText('Made').waitFor()

    // again: new names, unless what is there is used
    await page.getByRole('button', { name: 'Import another pack' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'daily.tpk', mimeType: 'application/json', buffer: PACK })
    await row('Door interlock-2').getByText('Gets a new name').waitFor()
    await page.getByLabel('Door interlock: where the name is taken').selectOption('use-existing')
    await row('Door interlock').getByText('Uses what is there').waitFor()
    await page.getByRole('button', { name: 'Import 5 things' }).click()
    await page.getByRole('link', { name: 'Daily QA-1', exact: true }).waitFor()

    // and out again
    await page.getByRole('tab', { name: 'Export' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Back again')
    await page.getByRole('combobox', { name: 'Test lists' }).fill('Daily QA-1')
    await page.getByRole('option', { name: 'Daily QA-1' }).click()
    await page.keyboard.press('Escape')
    const [made] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export test pack' }).click(),
    ])
    const pack = JSON.parse(await readFile(await made.path(), 'utf8'))
    expect(pack.meta.name).toBe('Back again')
    const list = JSON.parse(pack.objects.testlists[0])
    expect(list.key).toEqual(['daily-qa-1'])
    expect(list.object.fields.javascript).toBe('alert(1)')
    expect(list.object.fields.description).not.toContain('script')
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it('look right in the dark and small', async () => {
    const { page } = await openPage(laboratory, { scheme: 'dark', width: 800 })
    await signIn(page, 'physicist', 'demo')
    await page.goto('/app/machine-qa/test-packs')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'd.tpk', mimeType: 'application/json', buffer: PACK })
    await page.getByRole('row').filter({ hasText: 'Daily QA' }).first().waitFor()
    await page.waitForLoadState('networkidle')
    await takeScreenshot(page, 'test-pack-800-dark')
    expect(await findViolations(page)).toEqual([])
    await page.context().close()
  }, 60_000)
})
