import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openEmptySite, problemsInAllLooks } from './administrator-harness.ts'
import { callAs, findChromium, type Laboratory, openPage, signIn, takeScreenshot } from './browser.ts'

const ADMINISTRATOR = { username: 'physicist', password: 'a long password for a journey' }

const chromium = findChromium()

/** An administrator sets a department up through the pages, as on the first day. */
describe.skipIf(chromium === undefined)('an administrator', { timeout: 90_000 }, () => {
  let site: Laboratory
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    site = await openEmptySite(chromium ?? '', ADMINISTRATOR)
    const opened = await openPage(site)
    page = opened.page
    problems = opened.problems
    page.setDefaultTimeout(10_000)
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshot(page, `failed-${task.name}`)
  })

  afterAll(() => site?.close())

  const field = (name: string): Locator => page.locator(`[id$="-${name}"]`).first()

  /** Chooses in a field that searches, by keyboard alone. */
  async function choose(input: Locator, text: string): Promise<void> {
    await input.focus()
    await input.fill(text)
    const first = page.getByRole('option').filter({ visible: true }).first()
    await first.and(page.getByRole('option', { name: text, exact: true })).waitFor()
    await input.press('ArrowDown')
    await input.press('Enter')
  }

  async function enter(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(values)) {
      if (name.startsWith('>')) await choose(field(name.slice(1)), text)
      else if (name.startsWith('=')) await field(name.slice(1)).selectOption({ label: text })
      else await field(name).fill(text)
    }
  }

  /** Adds a record through its page and gives its id. A `>` before the name searches, a `=` chooses from a list. */
  async function add(record: string, values: Readonly<Record<string, string>>): Promise<number> {
    await page.goto(`/app/admin/${record}/new`)
    await field(Object.keys(values)[0]?.replace(/^[>=]/, '') ?? '').waitFor()
    await enter(values)
    await page.keyboard.press('Control+Enter')
    // checking a calculation starts Python, which takes its time on a busy machine
    await page.waitForURL(new RegExp(`/admin/${record}/\\d+$`), { timeout: 25_000 })
    return Number(page.url().split('/').at(-1))
  }

  function read(path: string): Promise<unknown> {
    return callAs(page, 'GET', `/${path}`)
  }

  const ids = { unit: 0, list: 0, sublist: 0, cycle: 0 }

  it('signs in', async () => {
    await signIn(page, ADMINISTRATOR.username, ADMINISTRATOR.password)
    await page.getByRole('navigation').getByText('Administration').waitFor()
  })

  it('adds a site, a unit type and two units', async () => {
    await add('equipment.site', { name: 'North campus' })
    await add('machine-qa.unit-type', { name: 'Linac' })
    const unit = { dateAcceptance: '2024-03-01', '>type': 'Linac', '>site': 'North campus' }
    ids.unit = await add('machine-qa.unit', { name: 'Linac 1', ...unit })
    await add('machine-qa.unit', { name: 'Linac 2', ...unit })
    expect(await read(`machine-qa/units/${ids.unit}`)).toMatchObject({
      name: 'Linac 1',
      number: 1,
      site: { label: 'North campus' },
    })
  })

  it('adds simple and calculated tests and a tolerance', async () => {
    await add('machine-qa.category', { name: 'Dosimetry' })
    const simple = { '>category': 'Dosimetry', '=type': 'Simple Numerical' }
    await add('machine-qa.test', { name: 'Temperature', slug: 'temperature', ...simple })
    await add('machine-qa.test', { name: 'Pressure', slug: 'pressure', ...simple })
    await add('machine-qa.test', { name: 'Reading 6 MV', slug: 'reading', ...simple })
    await add('machine-qa.test', {
      name: 'Output 6 MV',
      slug: 'output',
      '>category': 'Dosimetry',
      '=type': 'Composite',
      calculationProcedure: 'output = reading * (273.15 + temperature) / 295.15 * 101.325 / pressure',
    })
    await add('machine-qa.tolerance', {
      '=type': 'Percentage',
      actLow: '-3',
      tolLow: '-2',
      tolHigh: '2',
      actHigh: '3',
    })
  })

  async function addMember(label: string, name: string): Promise<void> {
    await choose(page.getByLabel(label).first(), name)
    await page
      .getByRole('list', { name: /Tests and sublists|Days/ })
      .getByText(name)
      .last()
      .waitFor()
  }

  it('arranges a list with a sublist by keyboard', async () => {
    ids.sublist = await add('machine-qa.test-list', { name: 'Air' })
    await page.getByRole('tab', { name: 'Tests' }).press('Enter')
    await addMember('Add test', 'Temperature')
    await addMember('Add test', 'Pressure')
    await page.getByRole('button', { name: 'Save tests' }).press('Enter')
    await page.getByText('Tests of the list saved.').waitFor()

    ids.list = await add('machine-qa.test-list', { name: 'Daily output' })
    await page.getByRole('tab', { name: 'Tests' }).press('Enter')
    await addMember('Add test', 'Reading 6 MV')
    await addMember('Add test', 'Output 6 MV')
    await addMember('Add sublist', 'Air')
    const rows = page.getByRole('list', { name: 'Tests and sublists' }).getByRole('listitem')
    await rows.nth(2).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByLabel('Draw a frame around Air').press('Space')
    // what was arranged survives a reload
    await page.reload()
    await page.getByText('Goes on from what you had arranged here').waitFor()
    const flat = page.getByRole('list', { name: 'Tests as performed' }).getByRole('listitem')
    expect(await flat.locator('span:last-child').allTextContents()).toEqual([
      'temperature',
      'pressure',
      'reading',
      'output',
    ])
    await page.getByRole('button', { name: 'Save tests' }).click()
    await page.getByText('No changes').waitFor()
    expect(await problemsInAllLooks(page, 'test-list')).toEqual([])
    expect(await read(`machine-qa/sublists?parent=${ids.list}`)).toMatchObject({
      items: [{ child: { id: ids.sublist }, outline: true, order: 0 }],
    })
  })

  it('is told when somebody else arranged the list meanwhile', async () => {
    await page.goto(`/app/admin/machine-qa.test-list/${ids.list}?tab=tests`)
    await page.getByRole('list', { name: 'Tests and sublists' }).getByRole('listitem').nth(2).waitFor()
    const list = (await read(`machine-qa/test-lists/${ids.list}`)) as { readonly version: number }
    await callAs(page, 'PATCH', `/machine-qa/test-lists/${ids.list}`, {
      version: list.version,
      warningMessage: 'Call physics',
    })
    await page.getByRole('button', { name: 'Move Air down' }).click()
    await page.getByRole('button', { name: 'Save tests' }).click()
    await page.getByText('was changed by somebody else').waitFor()
    expect(await problemsInAllLooks(page, 'test-list-conflict')).toEqual([])
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByText('No changes').waitFor()
  })

  it('makes a cycle in which a list comes twice', async () => {
    ids.cycle = await add('machine-qa.test-list-cycle', { name: 'Week', '>testLists': 'Air' })
    await page.getByRole('tab', { name: 'Days' }).press('Enter')
    await page.getByRole('button', { name: 'Remove Air' }).waitFor()
    await addMember('Add day', 'Daily output')
    await addMember('Add day', 'Air')
    expect(await problemsInAllLooks(page, 'cycle')).toEqual([])
    await page.getByRole('button', { name: 'Save days' }).click()
    await page.getByText('No changes').waitFor()
    expect(await read(`machine-qa/test-list-cycles/${ids.cycle}`)).toMatchObject({
      testLists: [{ label: 'Air' }, { label: 'Daily output' }, { label: 'Air' }],
    })
  })

  it('adds a user in a group, who gets a token', async () => {
    await add('access.group', { name: 'Night shift' })
    await add('access.user', { username: 'therapist', firstName: 'Ada', '>groups': 'Night shift' })
    await page.getByRole('tab', { name: 'Sign-in' }).press('Enter')
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Nightly export')
    await page.keyboard.press('Enter')
    await page.getByText('Copy the token now.').waitFor()
    expect(await read('access/users?username=therapist')).toMatchObject({
      items: [{ groups: [{ label: 'Night shift' }] }],
    })
  })

  it('assigns the list to a unit by a frequency and copies it to another', async () => {
    await page.goto('/app/admin/machine-qa.frequency/new')
    await field('name').fill('Every weekday')
    await page.getByLabel('Unit of the interval').selectOption({ label: 'weeks' })
    for (const day of ['MO', 'TU', 'WE', 'TH', 'FR']) await page.getByText(day, { exact: true }).click()
    await field('windowEnd').fill('1')
    expect(await problemsInAllLooks(page, 'frequency')).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/machine-qa.frequency\/\d+$/)
    await add('machine-qa.assignment', {
      '>unit': 'Linac 1',
      '>testList': 'Daily output',
      '>frequency': 'Every weekday',
      '>visibleTo': 'Night shift',
    })
    await page.getByRole('tab', { name: 'Other units' }).press('Enter')
    await choose(page.getByLabel('Copy to units').first(), 'Linac 2')
    await page.keyboard.press('Escape')
    expect(await problemsInAllLooks(page, 'assignment-copy')).toEqual([])
    await page.getByRole('button', { name: 'Copy assignment' }).click()
    await page.getByText('1 assignment made.').waitFor()
    expect(await read('machine-qa/assignments')).toMatchObject({
      items: [
        { unit: { label: 'Linac 1' }, frequency: { label: 'Every weekday' } },
        { unit: { label: 'Linac 2' }, frequency: { label: 'Every weekday' } },
      ],
    })
  })

  it('sets a reference and a tolerance, and reads why', async () => {
    await page.goto(`/app/admin/machine-qa.unit/${ids.unit}?tab=references`)
    await page.getByRole('button', { name: 'Change Output 6 MV' }).press('Enter')
    const tolerance = page.getByLabel('Tolerance of Output 6 MV')
    await tolerance.selectOption({ index: 1 })
    await page.getByLabel('Reason for the change').fill('Commissioning')
    await page.getByLabel('Reason for the change').press('Enter')
    await page.getByText('You must set a reference value when using a numerical tolerance').waitFor()
    await page.getByLabel('Reference of Output 6 MV').fill('20,35')
    await page.getByRole('button', { name: 'Change Reading 6 MV' }).click()
    await page.getByLabel('Reference of Reading 6 MV').fill('20.1')
    expect(await problemsInAllLooks(page, 'references-editing')).toEqual([])
    await page.getByRole('button', { name: 'Set 2 tests' }).click()
    await page.getByText('2 tests changed.').waitFor()
    await page.getByRole('button', { name: 'History of Output 6 MV' }).click()
    await page.getByText('“Commissioning”').waitFor()
    expect(await problemsInAllLooks(page, 'references')).toEqual([])
    expect(await page.getByRole('row', { name: /^Output 6 MV/ }).textContent()).toContain('20.35')
  })

  it('copies the references to the other unit', async () => {
    await page.goto(`/app/admin/machine-qa.unit/${ids.unit + 1}?tab=references`)
    await page.getByRole('button', { name: 'Copy from another unit' }).click()
    const dialog = page.getByRole('dialog')
    await choose(dialog.getByLabel('From unit').first(), 'Linac 1')
    await dialog.getByLabel('Reason').fill('Matched machines')
    await dialog.getByRole('button', { name: 'Copy references' }).click()
    await page.getByText('2 tests changed.').waitFor()
    expect(await page.getByRole('row', { name: /^Output 6 MV/ }).textContent()).toContain('20.35')
    await page.getByRole('tab', { name: 'Assignments' }).press('Enter')
    await page.getByLabel('Choose Daily output').click()
    expect(await problemsInAllLooks(page, 'unit-assignments')).toEqual([])
  })

  it('chooses how to be told', async () => {
    await page.goto('/app/account?tab=notifications')
    const mail = page.getByLabel(/: Mail$/).first()
    await mail.selectOption({ label: 'Daily digest' })
    await page
      .getByRole('button', { name: /as usual again$/ })
      .first()
      .waitFor()
    expect(await problemsInAllLooks(page, 'notifications')).toEqual([])
    await page.reload()
    expect(await mail.inputValue()).toBe('daily')
  })

  it('follows the units with work', async () => {
    const followed = await read('followed')
    expect(followed).toMatchObject({
      items: [
        { label: 'Linac 1', path: `/app/machine-qa/units/${ids.unit}`, token: expect.any(String) },
        { label: 'Linac 2' },
      ],
    })
    const [first] = (followed as { readonly items: readonly { readonly days: readonly unknown[] }[] }).items
    expect(first?.days).toHaveLength(30)
    await callAs(page, 'PUT', '/preferences/followed-units', { value: [ids.unit + 1, 999] })
    expect(await read('followed')).toMatchObject({ items: [{ label: 'Linac 2' }] })
    expect((await fetch(`${site.address}/api/v1/followed`)).status).toBe(401)
  })

  it('met no defect on the way', () => {
    expect(problems).toEqual([])
  })
})
