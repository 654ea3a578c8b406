import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsInAllLooks } from './administrator-harness.ts'
import { findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'
import { ctSlice, dropFiles, waitForPicture } from './dicom-files.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the image store in a browser', () => {
  let laboratory: Laboratory
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const opened = await openPage(laboratory)
    page = opened.page
    problems = opened.problems
    await signIn(page, 'imaging', 'demo')
  })
  afterAll(async () => {
    await laboratory?.close()
  })

  it('takes in what is dropped, and says of every file what came of it', async () => {
    await page.goto('/app/dicom')
    await page.getByRole('button', { name: 'Upload images' }).first().click()
    await dropFiles(page, 'DICOM files or ZIP archives, or drop it here', [
      { name: 'one.dcm', content: ctSlice(1) },
      { name: 'two.dcm', content: ctSlice(2) },
      { name: 'again.dcm', content: ctSlice(2) },
      { name: 'notes.txt', content: Buffer.from('nothing that a scanner would write') },
    ])
    await page.getByText('Done. 2 stored, 1 there already, 1 not taken.').waitFor()
    await page.getByText('notes.txt: This is no DICOM file.').waitFor()
    expect(await problemsInAllLooks(page, 'dicom-upload')).toEqual([])
    await page.keyboard.press('Escape')
  }, 120_000)

  it('finds the study, shows it, and measures what is known to be even', async () => {
    await page.getByRole('searchbox', { name: 'Search patient' }).fill('journey')
    await page.waitForURL('**q=journey**')
    await page.getByRole('link', { name: 'Journey, Jo' }).waitFor()
    expect(await problemsInAllLooks(page, 'dicom-studies')).toEqual([])
    await page.getByRole('link', { name: 'Journey, Jo' }).click()
    await waitForPicture(page)
    const center = page.getByLabel('Window centre')
    await expect.poll(() => center.inputValue()).toBe('50 HU')
    await page.keyboard.press('2')
    await expect.poll(() => center.inputValue()).toBe('40 HU')
    // a region and a length by keyboard alone
    await page.keyboard.press('r')
    await page.keyboard.press('m')
    const measurements = page.getByRole('list', { name: 'Measurements' })
    await measurements.getByText(/^Mean 100 HU, SD 0, 100 to 100, area \d/).waitFor()
    await page.keyboard.press('l')
    await page.keyboard.press('m')
    await measurements.getByText(/^Length \d/).waitFor()
    await page.keyboard.press('o')
    await page.keyboard.press('o')
    await page.keyboard.press(']')
    await page.getByText('Frame 2 of 2').waitFor()
    expect(new URL(page.url()).searchParams.get('image')).toBe('2')
    await page.keyboard.press('Delete')
    await measurements.waitFor({ state: 'detached' })
    expect(await problemsInAllLooks(page, 'dicom-study')).toEqual([])
    await page.keyboard.press('e')
    await page.getByLabel('Search elements').fill('series description')
    await page.getByRole('cell', { name: 'Slices' }).waitFor()
    await page.keyboard.press('Escape')
  }, 120_000)

  it('exports it without identity, with a report of what was changed', async () => {
    await page.getByRole('button', { name: 'Export without identity' }).click()
    await page.getByRole('checkbox', { name: /Patient Characteristics/ }).check()
    expect(await problemsInAllLooks(page, 'dicom-export')).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export study' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('deidentified.zip')
    const archive = await readFile(await download.path())
    expect(archive.includes('Journey')).toBe(false)
    const changed = page.getByRole('row', { name: /\(0010,0010\) PatientName/ })
    expect(await changed.textContent()).toMatch(/2$/)
    await page.getByRole('button', { name: 'Close' }).last().click()
  }, 120_000)

  it('lets an administrator put it into the bin with a reason, and take it out again', async () => {
    const opened = await openPage(laboratory)
    await signIn(opened.page)
    await opened.page.goto('/app/dicom/studies?q=journey')
    await opened.page.getByRole('link', { name: 'Journey, Jo' }).click()
    await opened.page.getByRole('button', { name: 'More' }).click()
    await opened.page.getByRole('menuitem', { name: 'Put into the bin' }).click()
    await opened.page.getByRole('button', { name: 'Put into the bin' }).click()
    await opened.page.getByText('Say why').waitFor()
    await opened.page.getByLabel('Reason').fill('Stored by mistake')
    await opened.page.getByRole('button', { name: 'Put into the bin' }).click()
    await opened.page.getByText('The study is in the bin.').waitFor()
    await opened.page.goto('/app/dicom/studies?bin=true')
    await opened.page.getByRole('link', { name: 'Journey, Jo' }).click()
    await opened.page.getByText('Stored by mistake').waitFor()
    await opened.page.getByRole('button', { name: 'Take out of the bin' }).click()
    await opened.page.getByRole('button', { name: 'Export without identity' }).waitFor()
    expect([...problems, ...opened.problems]).toEqual([])
  }, 120_000)
})
