import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAs, findChromium, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'
import { makeList } from './make-list.ts'

const chromium = findChromium()

/** The smallest PNG there is: one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(chromium === undefined)('performing a test list', () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const { page } = await openPage(laboratory)
    await signIn(page)
    await makeList(page)
    await page.context().close()
  })
  afterAll(() => laboratory?.close())

  it('is done by keyboard from the unit to the stored session, which is corrected and voided', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page)
    const row = (name: string) => page.locator('[data-macro]').filter({ hasText: name }).first()
    const press = (key: string) => page.keyboard.press(key)

    // what is due → the unit → its list
    await page.goto('/app/machine-qa')
    const card = page.getByRole('link', { name: /Journey linac/ })
    await expectText(card, '1 overdue')
    await card.press('Enter')
    await page.getByRole('link', { name: 'Perform Journey list on Journey linac' }).press('Enter')
    await page.getByRole('heading', { name: 'Journey list', level: 1 }).waitFor()

    // judged while typing, with a comma and a point; calculated after a pause
    await page.getByRole('textbox', { name: 'Room warmth', exact: true }).focus()
    await page.keyboard.type('22,1')
    await expectText(row('Room warmth'), 'OK')
    await press('Enter')
    await page.getByRole('textbox', { name: 'Beam reading', exact: true }).focus()
    await page.keyboard.type('20.50')
    await expectText(row('Beam reading'), 'Tolerance')
    await expectText(row('Beam output'), '= 102.5')
    await expectText(row('Beam output'), 'Tolerance')
    await expectText(row('Beam output'), '+2.5')

    // a skip says why, with the cursor already there
    await press('s')
    await page.getByRole('textbox', { name: 'Comment on Beam reading' }).waitFor()
    await page.keyboard.type('chamber away')
    await expectText(row('Beam reading'), 'Skipped')
    await press('Escape')
    await page.keyboard.type('20.50')
    await expectText(row('Beam reading'), 'Tolerance')

    // a picture
    await row('Field photo')
      .locator('input[type=file]')
      .setInputFiles({ name: 'field.png', mimeType: 'image/png', buffer: PICTURE })
    await expectText(row('Field photo'), 'field.png')
    await expectText(row('Field photo'), 'kept')

    // saved for later and continued
    await press('Control+s')
    await page.getByRole('heading', { name: 'Work list', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Continue Journey list on Journey linac' }).press('Enter')
    await page.getByText('In progress', { exact: true }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Room warmth', exact: true }).inputValue()).toBe('22.1')
    expect(Number(await page.getByRole('textbox', { name: 'Beam reading', exact: true }).inputValue())).toBe(
      20.5,
    )
    await page.getByRole('radiogroup', { name: 'Door holds' }).getByRole('radio').first().focus()
    await press('y')
    await expectText(row('Door holds'), 'OK')

    // submitted, with the outcome first
    await expectText(row('Beam output'), '= 102.5')
    await press('Control+Enter')
    await page.waitForURL(/\/machine-qa\/sessions\/\d+$/)
    await page.getByText('2 at tolerance').waitFor()
    const output = page.getByRole('row', { name: /Beam output/ })
    await expectText(output, '102.5')
    await expectText(output, '+2.5%')
    await expectText(page.getByRole('row', { name: /Room warmth/ }), 'Percent(-4.00%')

    // corrected
    await page.getByRole('link', { name: 'Correct session' }).press('Enter')
    const warmth = page.getByRole('textbox', { name: 'Room warmth', exact: true })
    await warmth.fill('21.9')
    await expectText(row('Beam output'), '= 102.5')
    await press('Control+Enter')
    await page.waitForURL(/\/machine-qa\/sessions\/\d+$/)
    await expectText(page.getByRole('row', { name: /Room warmth/ }), '21.9')

    // voided, with a reason
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: /Void session/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Void session' }).click()
    await page.getByText('Say why').waitFor()
    await page.getByLabel('Reason').fill('wrong unit')
    await page.getByRole('dialog').getByRole('button', { name: 'Void session' }).click()
    await page.getByText('“wrong unit”').first().waitFor()
    await page.getByText('Does not count').waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it('keeps what is typed when the page is left, and shows at its row what is missing', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page)
    await page.goto('/app/machine-qa/work?q=journey')
    await page.getByRole('link', { name: 'Perform Journey list on Journey linac' }).click()
    await page.getByRole('textbox', { name: 'Beam reading', exact: true }).fill('19.9')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The session cannot be stored yet').waitFor()
    expect(await page.getByText('Value required if not skipping', { exact: true }).count()).toBe(3)

    await page.getByRole('link', { name: 'Journey linac' }).first().click()
    await page.getByText('Leave without submitting?').waitFor()
    await page.getByRole('button', { name: 'Leave', exact: true }).click()
    await page.getByRole('heading', { name: 'Journey linac', level: 1 }).waitFor()
    await page.goBack()
    await page.getByText('Goes on from your draft').waitFor()
    expect(await page.getByRole('textbox', { name: 'Beam reading', exact: true }).inputValue()).toBe('19.9')
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it('performs another day at another time, with a status and files, and hands the console over', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page, 'physicist', 'demo')
    await page.goto('/app/machine-qa/work?q=Output%20cycle')
    await page.getByRole('link', { name: /^Perform Output cycle/ }).click()
    await page.getByRole('combobox', { name: 'Choose Day' }).selectOption('2')
    await page.getByRole('heading', { name: 'Output cycle, evening', level: 1 }).waitFor()
    await page.getByRole('textbox', { name: 'Evening output', exact: true }).fill('100.2')
    await page.getByRole('textbox', { name: 'Evening flatness', exact: true }).fill('103.1')

    await page.getByLabel('Work started').fill('2025-03-03T07:30')
    await page.getByLabel('Work completed').fill('2025-03-03T07:45')
    await page.getByLabel('Status of the results').selectOption({ label: 'Approved' })
    await page.getByLabel('Counts for the due date').uncheck()
    await page
      .getByRole('region', { name: 'Session' })
      .locator('input[type=file]')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })

    // somebody else at the same console: what is typed stays
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('button', { name: 'Change user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change user' })
    await dialog.getByLabel('User name').fill('admin')
    await dialog.getByLabel('Password', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await dialog.getByText('User name or password is wrong').waitFor()
    await dialog.getByLabel('Password', { exact: true }).fill('secret')
    await page.keyboard.press('Enter')
    await page.getByText('Ada Minster goes on.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Evening output', exact: true }).inputValue()).toBe(
      '100.2',
    )

    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/machine-qa\/sessions\/\d+$/)
    await page.getByText('Ada Minster').first().waitFor()
    await page.getByRole('tab', { name: /^Comments and files/ }).click()
    await page.getByText('notes.txt').first().waitFor()
    const id = page.url().split('/').at(-1)
    const session = await callAs<{ workStarted: string; workCompleted: string; day: number }>(
      page,
      'GET',
      `/machine-qa/sessions/${id}`,
    )
    expect([session.workStarted, session.workCompleted, session.day]).toEqual([
      '2025-03-03T12:30:00.000Z',
      '2025-03-03T12:45:00.000Z',
      1,
    ])
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it('warns once when a result reaches action level, and leaves out what is not chosen', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page)
    await page.goto('/app/machine-qa/work?q=Accessory%20inspection')
    await page
      .getByRole('link', { name: /^Perform Accessory inspection/ })
      .first()
      .click()
    await page.getByRole('radiogroup').first().getByRole('radio').last().focus()
    await page.keyboard.press('n')
    await page.getByRole('radiogroup').nth(1).getByRole('radio').first().focus()
    const warning = page.getByRole('dialog', { name: 'A result is at action level' })
    await warning.getByText('Do not treat').waitFor()
    await warning.getByRole('button', { name: 'Understood' }).click()
    await warning.waitFor({ state: 'hidden' })
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)
})

interface Readable {
  filter(options: { hasText: string }): { first(): { waitFor(): Promise<void> } }
}

/** Waits until the element says it. */
async function expectText(element: Readable, text: string): Promise<void> {
  await element.filter({ hasText: text }).first().waitFor()
}
