import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsInAllLooks } from './administrator-harness.ts'
import { findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'

const chromium = findChromium()

const SIZES = 'size_um,share_percent\n5,0.4\n20,3.1\n63,41.5\n125,38\n250,17\n'

describe.skipIf(chromium === undefined)('a researcher', () => {
  let laboratory: Laboratory
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const opened = await openPage(laboratory)
    page = opened.page
    page.setDefaultTimeout(10_000)
    problems = opened.problems
    await signIn(page, 'researcher', 'password')
  })
  afterAll(async () => {
    await laboratory?.close()
  })

  it('registers a sample through the form of its type, told beside the field what does not fit', async () => {
    await page.goto('/app/research')
    await page.getByRole('heading', { name: 'Research data' }).waitFor()
    await page.getByRole('region', { name: 'Registered last' }).getByRole('link').nth(3).waitFor()
    expect(await problemsInAllLooks(page, 'research')).toEqual([])
    await page.getByRole('button', { name: 'Register sample' }).click()
    await page.locator('#sample-type').selectOption({ label: 'Solids' })
    await page.locator('#sample-name').fill('Ground cathode')
    await page.locator('#sample-institute').selectOption({ index: 1 })
    await page.locator('#sample-project').selectOption({ index: 1 })
    await expect.poll(() => page.getByLabel('Sample id').inputValue()).toMatch(/^\d{6}_\d{6}_\d{6}$/)
    await page.locator('#info-name').fill('cathode')
    await page.getByLabel('Weight').fill('-2')
    await page.keyboard.press('Tab')
    await page.getByText('Must be at least 0 g.').waitFor()
    expect(await problemsInAllLooks(page, 'research-register')).toEqual([])
    await page.getByLabel('Weight').fill('12,50')
    await page.reload()
    await page.getByText('is here again').waitFor()
    expect(await page.getByLabel('Weight').inputValue()).toBe('12,50')
    await page.getByRole('button', { name: 'Register sample' }).click()
    await page.getByRole('heading', { name: 'Ground cathode' }).waitFor()
    await page.getByText('12.5 g').first().waitFor()
    expect(await problemsInAllLooks(page, 'research-sample')).toEqual([])
  }, 120_000)

  it('attaches a CSV file and sees it as a table and as curves', async () => {
    await page.getByRole('tab', { name: 'Files' }).click()
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'sizes.csv', mimeType: 'text/csv', buffer: Buffer.from(SIZES) })
    await page.getByRole('button', { name: 'Attach file' }).click()
    await page.getByRole('button', { name: 'Show sizes.csv' }).click()
    await page.getByRole('cell', { name: '41.5' }).waitFor()
    await page.getByRole('tab', { name: 'Plot' }).click()
    expect(await page.getByLabel('Along').inputValue()).toBe('size_um')
    await page.locator('canvas').first().waitFor()
    expect(await problemsInAllLooks(page, 'research-file')).toEqual([])
  }, 60_000)

  it('splits the sample into two parts that point back to it', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Split sample' }).click()
    await page.getByLabel('Name of sample 1').waitFor()
    expect(await problemsInAllLooks(page, 'research-split')).toEqual([])
    await page.getByRole('button', { name: 'Split sample' }).click()
    await page.getByRole('link', { name: 'Ground cathode, part 2' }).waitFor()
    await page.getByRole('link', { name: 'Ground cathode, part 1' }).click()
    await page.getByRole('heading', { name: 'Ground cathode, part 1' }).waitFor()
    await page.getByRole('link', { name: 'Ground cathode', exact: true }).waitFor()
  }, 60_000)

  it('records an experiment that used the part, and follows the graph back to what it was made of', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Record experiment' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Particle sizes of the cathode')
    await page.getByLabel('Method').selectOption({ index: 1 })
    await page.getByLabel('Done by').selectOption({ index: 1 })
    await page.getByRole('combobox', { name: 'Add a sample that was used' }).click()
    await page.getByRole('option', { name: /Ground cathode, part 2/ }).click()
    expect(await problemsInAllLooks(page, 'research-experiment-form')).toEqual([])
    await page.getByRole('button', { name: 'Record experiment' }).click()
    await page.getByRole('heading', { name: 'Particle sizes of the cathode' }).waitFor()
    await page.getByRole('link', { name: 'Ground cathode, part 2' }).waitFor()
    expect(await problemsInAllLooks(page, 'research-experiment')).toEqual([])
    await page.getByRole('link', { name: 'Ground cathode, part 2' }).click()
    await page.getByRole('tab', { name: 'Provenance' }).click()
    await page.locator('.react-flow__node', { hasText: /^Ground cathode$/ }).click()
    await page.getByRole('link', { name: 'Open sample' }).waitFor()
    expect(await problemsInAllLooks(page, 'research-provenance')).toEqual([])
    await page.getByRole('link', { name: 'Open sample' }).click()
    await page.getByRole('heading', { name: 'Ground cathode', exact: true }).waitFor()
  }, 60_000)

  it('finds samples by a range with another unit, and takes what was found away as a file', async () => {
    await page.goto('/app/research/samples')
    const search = page.getByPlaceholder('Words, or weight_in_g > 5 g')
    await search.fill('weight_in_g between 12 and 13 g and sample_name ~ "cathode"')
    await page.getByRole('link', { name: 'Ground cathode, part 2' }).waitFor()
    await page.getByText('1 – 3 of 3').waitFor()
    await search.fill('weight_in_g > 0.0124 kg and sample_name ~ "cathode"')
    await page.getByRole('link', { name: 'Ground cathode, part 2' }).waitFor()
    await page.waitForURL(/0\.0124/)
    await page.waitForLoadState('networkidle')
    await page.getByText('1 – 3 of 3').waitFor()
    await page.getByRole('button', { name: 'Export' }).first().click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /\.eln/ }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.eln$/)
    expect(await problemsInAllLooks(page, 'research-samples')).toEqual([])
    expect(problems).toEqual([])
  }, 60_000)
})
