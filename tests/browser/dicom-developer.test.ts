import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsInAllLooks } from './administrator-harness.ts'
import { findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'
import { ctSlice, dropFiles, waitForPicture } from './dicom-files.ts'

const chromium = findChromium()
const PICTURE = join(import.meta.dirname, '..', '..', 'examples', 'image.png')

describe.skipIf(chromium === undefined)('a developer of the DICOM API', () => {
  let laboratory: Laboratory
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const opened = await openPage(laboratory)
    page = opened.page
    problems = opened.problems
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await signIn(page, 'user5@example.com', 'securepassword123')
  })
  afterAll(async () => {
    await laboratory?.close()
  })

  it('makes a profile, then a key that is shown once and copied with one click', async () => {
    await page.goto('/app/dicom/developer')
    await page.getByRole('combobox', { name: 'Purpose' }).click()
    await page.getByRole('option', { name: 'Testing' }).click()
    await page.getByLabel('Organization').fill('My Organization')
    await page.getByRole('button', { name: 'Make profile' }).click()
    await page.getByRole('button', { name: 'Create key' }).click()
    // the rest by keyboard alone
    await page.keyboard.type('New API Key')
    await page.keyboard.press('Enter')
    const key = page.getByRole('button', { name: /^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}/ })
    await key.click()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/)

    const answer = await page.request.post('/api/dicom/read/file/', {
      headers: { authorization: `ApiKey ${copied}` },
      multipart: {
        file: { name: 'scan.dcm', mimeType: 'application/dicom', buffer: ctSlice(1) },
        fields: 'Modality',
      },
    })
    expect(await answer.json()).toMatchObject({ Modality: 'CT', ImageFormat: 'PNG' })

    await page.reload()
    await page.getByText('1 of 1,000').waitFor()
    expect(await page.content()).not.toContain(copied.slice(9))
    const row = page.getByRole('list', { name: 'API keys' }).getByRole('listitem')
    expect(await row.textContent()).toContain(`${copied.slice(0, 8)}…`)
    expect(await problemsInAllLooks(page, 'dicom-developer')).toEqual([])

    await page.getByRole('button', { name: 'Revoke New API Key' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await page.getByRole('button', { name: 'Remove New API Key' }).waitFor()
    const refused = await page.request.get('/api/developer/profiles/', {
      headers: { authorization: `ApiKey ${copied}`, cookie: '' },
    })
    expect(refused.status()).toBe(401)
  }, 120_000)

  it('drops files on the reader: elements are searched, the picture is windowed, errors stand by their file', async () => {
    await page.goto('/app/dicom/read')
    await page.getByText('Nothing is kept').waitFor()
    await dropFiles(page, 'DICOM file or ZIP, or drop it here', [
      { name: 'one.dcm', content: ctSlice(1) },
      { name: 'notes.dcm', content: Buffer.from('this is no DICOM file, whatever its name says') },
      { name: 'two.dcm', content: ctSlice(2) },
    ])
    await page.getByText('Invalid DICOM file').waitFor()
    await page.getByText('2 files · 2 frames · 64 × 64').waitFor()
    await waitForPicture(page)
    const center = page.getByLabel('Window centre')
    await expect.poll(() => center.inputValue()).toBe('50 HU')
    // lung is the third window: behind those of the file and soft tissue
    await page.keyboard.press('3')
    await expect.poll(() => center.inputValue()).toBe('-600 HU')
    await page.keyboard.press(']')
    await page.getByText('Frame 2 of 2').waitFor()
    await page.getByRole('tab', { name: 'Elements' }).click()
    await page.getByLabel('Search elements').fill('patient id')
    await page.getByRole('cell', { name: 'JOURNEY-1' }).waitFor()
    expect(await problemsInAllLooks(page, 'dicom-reader-elements')).toEqual([])
    await page.getByRole('tab', { name: 'Picture' }).click()
    await waitForPicture(page)
    expect(await problemsInAllLooks(page, 'dicom-reader')).toEqual([])
  }, 120_000)

  it('generates a file of a picture, is told of a wrong value at once, and reads the file back', async () => {
    await page.goto('/app/dicom/generate')
    await page.getByRole('button', { name: 'Download file' }).click()
    await page.getByText('image: Choose a picture.').waitFor()
    await page.locator('input[type="file"]').setInputFiles(PICTURE)
    await page.getByLabel("Patient's Name: Family name").fill('Phantom')
    await page.getByLabel("Patient's Name: Given name").fill('Water')
    await page.getByRole('textbox', { name: 'Add a field' }).fill('patient age')
    await page.getByRole('option', { name: /Patient's Age/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const age = page.getByRole('textbox', { name: "Patient's Age" })
    await age.fill('45')
    await page.getByText('Use three digits and one of D, W, M, Y').waitFor()
    await age.fill('045y')
    await page.getByText('Use three digits and one of D, W, M, Y').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByRole('cell', { name: 'Phantom^Water' }).waitFor()
    expect(await problemsInAllLooks(page, 'dicom-generate')).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('image.dcm')
    const made = await readFile(await download.path())
    expect(made.toString('latin1', 128, 132)).toBe('DICM')

    await page.goto('/app/dicom/read?tab=elements')
    await dropFiles(page, 'DICOM file or ZIP, or drop it here', [{ name: 'image.dcm', content: made }])
    await page.getByRole('cell', { name: 'Phantom^Water' }).waitFor()
    await page.getByLabel('Search elements').fill('0010,1010')
    await page.getByRole('cell', { name: '045Y' }).waitFor()
    expect(problems).toEqual([])
  }, 120_000)
})
