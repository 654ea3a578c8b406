import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, findViolations, type Laboratory, openLaboratory, openPage, signIn } from './browser.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the QATrack+ API in a browser', () => {
  let laboratory: Laboratory
  beforeAll(async () => {
    laboratory = await openLaboratory(chromium ?? '')
  })
  afterAll(() => laboratory?.close())

  it('leads from the refusal over signing in back to where one was', async () => {
    const { page, problems } = await openPage(laboratory)
    await page.goto('/api/units/units/')
    expect(await page.locator('pre').textContent()).toContain('Authentication credentials were not provided.')
    await page.getByRole('link', { name: 'Sign in' }).last().click()
    await page.waitForURL('**/app/sign-in?next=**')
    await signIn(page, 'user', 'password')
    await page.goto('/api/units/units/')
    expect(await page.locator('pre').textContent()).toContain('"name": "Unit 1"')
    expect(problems).toEqual([])
  })

  it('filters, leads to the next page, and performs a list without any script', async () => {
    const { page, problems } = await openPage(laboratory)
    await signIn(page, 'user', 'password')
    await page.goto('/api/qa/testlists/?limit=10')
    await page.getByRole('link', { name: 'Next page' }).first().click()
    expect(new URL(page.url()).search).toBe('?limit=10&offset=10')
    await page.getByText('Filter and order').click()
    await page.getByLabel('Name contains').fill('Simple API')
    await page.getByRole('button', { name: 'Apply' }).click()
    expect(await page.locator('pre').textContent()).toContain('"name": "Simple API Example"')

    await page.goto('/api/qa/unittestcollections/?test_list__name=Simple API Example')
    const assignment = /"url": "([^"]*)"/.exec((await page.locator('pre').textContent()) ?? '')?.[1]
    await page.goto('/api/qa/testlistinstances/?limit=1')
    const session = {
      unit_test_collection: assignment,
      work_started: '2018-07-06 10:00',
      tests: { number_1: { value: 1 }, number_2: { value: 2 } },
    }
    await page.getByLabel('JSON').fill(JSON.stringify(session))
    await page.getByRole('button', { name: 'Add (POST)' }).click()
    await page.getByText('HTTP 201').waitFor()
    expect(await page.locator('pre').textContent()).toContain('"value": 3.0')
    expect(problems).toEqual([])
  })

  it('is readable for everybody, light and dark', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await openPage(laboratory, { scheme })
      await signIn(page)
      for (const path of ['/api/', '/api/units/units/', '/api/auth/groups/2/', '/api/units/units/0/']) {
        await page.goto(path)
        expect(await findViolations(page), `${path} ${scheme}`).toEqual([])
      }
    }
  })
})
