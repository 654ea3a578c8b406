import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

interface Row {
  readonly id: number
}

interface Items<T> {
  readonly items: readonly T[]
}

/** A unit with a service area, a list to perform on it, and a part of which one is left. */
async function makeWorkshop(page: Page): Promise<{ readonly unitId: number; readonly partId: number }> {
  const add = (path: string, body: object): Promise<Row> =>
    callAs<Row>(page, 'POST', `/machine-qa/${path}`, body)
  const first = async (path: string): Promise<number> =>
    (await callAs<Items<Row>>(page, 'GET', path)).items[0]?.id ?? 0
  const unit = await add('units', {
    name: 'Workshop linac',
    type: await first('/machine-qa/unit-types'),
    dateAcceptance: '2024-01-01',
    isServiceable: true,
  })
  const area = await add('service-areas', { name: 'Workshop area' })
  await add('unit-service-areas', { unit: unit.id, serviceArea: area.id })
  const category = await add('categories', { name: 'Workshop', description: '' })
  const test = await add('tests', {
    name: 'Beam returns',
    slug: 'beam_returns',
    type: 'boolean',
    category: category.id,
  })
  const list = await add('test-lists', { name: 'Return check', tests: [test.id] })
  await add('assignments', {
    unit: unit.id,
    testList: list.id,
    frequency: await first('/machine-qa/frequencies?name=Daily'),
    visibleTo: [await first('/access/groups')],
  })
  const part = await add('parts', { name: 'Workshop fuse', partNumber: 'WF-1', quantityMin: 1 })
  await add('part-storages', {
    part: part.id,
    storage: await first('/machine-qa/storages'),
    quantity: 1,
  })
  return { unitId: unit.id, partId: part.id }
}

describe.skipIf(chromium === undefined)('service', () => {
  let laboratory: Laboratory
  let unitId: number
  let partId: number
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
    const { page } = await openPage(laboratory)
    await signIn(page)
    ;({ unitId, partId } = await makeWorkshop(page))
    await page.context().close()
  })
  afterAll(() => laboratory?.close())

  it('leads from a reported fault over parts and return-to-service QA to a unit that is used again', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page)

    // reported by keyboard from the unit's page: a code, a word, done
    await page.goto(`/app/machine-qa/units/${unitId}`)
    await page.getByRole('button', { name: 'Report fault' }).press('Enter')
    await field(page, 'What the machine shows').waitFor()
    await page.keyboard.type('FUSE 7')
    await page.keyboard.press('Enter')
    await field(page, 'Comment (optional)').fill('Beam went off during warm-up.')
    await page.getByRole('dialog').getByRole('button', { name: 'Report fault' }).press('Enter')
    await page.getByText(/Fault \d+ reported/).waitFor()

    // reviewed, and followed by a service event
    await page.getByRole('tab', { name: 'Faults' }).click()
    await page
      .getByRole('row', { name: /FUSE 7/ })
      .getByRole('link')
      .first()
      .click()
    await page.getByRole('heading', { name: 'FUSE 7', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Review fault' }).click()
    await page.getByText('Fault reviewed.').waitFor()
    await page.getByRole('button', { name: 'Start service event' }).click()
    await page.getByRole('heading', { name: 'New service event', level: 1 }).waitFor()
    await choose(page, 'Service area', 'Workshop area')
    await choose(page, 'Type', 'Minor')
    expect(await field(page, 'Problem').inputValue()).toBe('Fault FUSE 7')
    await field(page, 'Lost time').fill('0:45')
    await page.getByRole('button', { name: 'Add part' }).click()
    await field(page, 'Part').fill('Workshop')
    await page.getByRole('option', { name: 'Workshop fuse' }).click()
    await choose(page, 'From storage', /1 left/)
    await page.getByRole('button', { name: 'Add test list' }).click()
    await choose(page, 'Test list', 'Return check')
    await page.getByRole('button', { name: 'Record service event' }).click()
    await page.getByRole('heading', { name: /^Service event \d+$/, level: 1 }).waitFor()
    const event = new URL(page.url()).pathname
    await page.getByText('1 to finish before the unit is used').waitFor()
    await page.getByText('FUSE 7').first().waitFor()

    // the part is gone, the unit is out of service
    await page.goto(`/app/machine-qa/parts/${partId}`)
    await page.getByText('None left').waitFor()
    await page.goto(`/app/machine-qa/units/${unitId}`)
    await page.getByText('Out of service').first().waitFor()

    // it may not be approved yet
    await page.goto(event)
    await page.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Approved' }).click()
    await page.getByText('Return to service QC must be performed and reviewed').waitFor()

    // performed, reviewed, approved
    await page.getByRole('button', { name: 'Perform', exact: true }).click()
    await page.getByRole('radiogroup', { name: 'Beam returns' }).getByRole('radio').first().focus()
    await page.keyboard.press('y')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/machine-qa\/sessions\/\d+$/)
    const session = Number(/\d+$/.exec(page.url())?.[0])
    await page.goto(event)
    await page.getByText('To review', { exact: true }).waitFor()
    const statuses = await callAs<Items<Row & { name: string }>>(page, 'GET', '/machine-qa/statuses')
    const approved = statuses.items.find(({ name }) => name === 'Approved')?.id
    await callAs(page, 'POST', `/machine-qa/sessions/${session}/review`, { statusId: approved })
    await page.reload()
    await page.getByText('All done and reviewed').waitFor()
    await page.getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Approved' }).click()
    await page.getByText('Status: Approved.').waitFor()
    await page.goto(`/app/machine-qa/units/${unitId}`)
    await page.getByText('In order').first().waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  }, 90_000)

  it.each([
    ['light', 1280],
    ['dark', 800],
  ] as const)(
    'has pages that are accessible in %s at %d and fit their width',
    async (scheme, width) => {
      const { page, problems } = await openPage(laboratory, { scheme, width })
      await signIn(page)
      const newest = async (path: string): Promise<number> =>
        (await callAs<Items<Row>>(page, 'GET', path)).items[0]?.id ?? 0
      const event = await newest('/machine-qa/service-events?order=-datetimeService&limit=1')
      const fault = await newest('/machine-qa/faults?order=-occurred&limit=1')
      const paths: readonly (readonly [string, string])[] = [
        ['service-list', '/app/machine-qa/service'],
        ['service-event', `/app/machine-qa/service/${event}`],
        ['service-edit', `/app/machine-qa/service/${event}/edit`],
        ['service-history', `/app/machine-qa/service/${event}?tab=history`],
        ['availability', '/app/machine-qa/availability'],
        ['parts', '/app/machine-qa/parts'],
        ['part', `/app/machine-qa/parts/${partId}`],
        ['faults', '/app/machine-qa/faults'],
        ['fault', `/app/machine-qa/faults/${fault}`],
        ['unit-service', '/app/machine-qa/units/2?tab=service'],
        ['unit-file', '/app/machine-qa/units/2?tab=file'],
      ]
      const found: string[] = []
      for (const [name, path] of paths) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        await takeScreenshot(page, `${name}-${width}-${scheme}`)
        found.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`))
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`)
      }
      expect(found).toEqual([])
      expect(problems).toEqual([])
      await page.context().close()
    },
    90_000,
  )
})

/** What is typed into, by its label. */
function field(page: Page, label: string): Locator {
  return page.locator('input, textarea').and(page.getByLabel(label, { exact: true }))
}

/** Chooses an option of a drop-down field. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await field(page, label).click()
  await page.getByRole('option', { name: option }).click()
}
