import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { makeContext } from '../../../../tests/support/make-context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { findReader } from '../collector/readers.ts'
import { type FetchSource, SourceFailure, type SourceFindings } from '../collector/source-reader.ts'
import type { Attributes } from '../domain/report-tree.ts'
import { makeQuality } from '../testing.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const ctx = makeContext({} as DatabaseHandle, { now: () => NOW })
const URL = 'https://ci.example.org/report'

function fetchOf(content: string | Buffer, headers: Readonly<Record<string, string>> = {}): FetchSource {
  return async (url) => ({ url, headers, content: Buffer.from(content) })
}

async function read(
  source: string,
  metricType: string,
  parameters: Attributes,
  fetch: FetchSource = fetchOf(''),
): Promise<SourceFindings> {
  const reader = findReader(source, metricType)
  if (!reader) throw new Error(`${source} is not read for ${metricType}`)
  return reader({
    ctx,
    quality: makeQuality(),
    metricType,
    direction: '<',
    parameters: { url: URL, ...parameters },
    fetch,
  })
}

async function failure(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof SourceFailure ? `${error.kind}: ${error.message}` : `no failure: ${String(error)}`
}

describe('what people type', () => {
  it.each([
    ['42', '42'],
    ['12.5', '13'],
    ['-3', '-3'],
  ])('the number %s gives %s', async (number, value) => {
    expect(await read('manual_number', 'violations', { number })).toEqual({ value, total: '100' })
  })

  it('refuses what is no number and no version', async () => {
    expect(await failure(read('manual_number', 'violations', { number: 'many' }))).toBe(
      'parse: This is no number.',
    )
    expect(await failure(read('manual_version', 'software_version', { version: 'new' }))).toBe(
      'parse: This is no version number.',
    )
    expect(await read('manual_version', 'software_version', { version: 'v1.2-RC1' })).toEqual({
      value: '1.2rc1',
    })
  })

  it.each([
    ['source_up_to_dateness', '2026-11-12', '10'],
    ['source_up_to_dateness', '2027-01-01', '0'],
    ['source_up_to_dateness', '', '0'],
    ['time_remaining', '2026-11-23', '1'],
    ['time_remaining', '2026-12-02', '10'],
    ['time_remaining', '2026-01-01', '0'],
    ['time_remaining', '2026-11-24T10:00:00Z', '3'],
  ])('%s of %s is %s days', async (metric, date, value) => {
    expect(await read('calendar', metric, { date })).toEqual({ value })
  })

  it('refuses what is no date', async () => {
    expect(await failure(read('calendar', 'time_remaining', { date: 'soon' }))).toBe(
      'parse: This is no date.',
    )
  })
})

const JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="1">
  <testsuite name="unit" id="u" tests="3" failures="1" errors="0" skipped="1" timestamp="2026-11-20T04:00:00" hostname="build-1">
    <testcase classname="org.dose.Plan" name="adds"/>
    <testcase classname="org.dose.Plan" name="fails"><failure message="1 != 2" type="x"><![CDATA[<b>]]></failure></testcase>
    <testcase classname="org.dose.Plan" name="waits"><skipped/></testcase>
  </testsuite>
  <testsuite name="outer"><testsuite name="inner" tests="2" errors="1">
    <testcase classname="a/b" name="breaks"><error/><failure/></testcase>
    <testcase classname="a/b" name="breaks"/>
  </testsuite></testsuite>
</testsuites>`

describe('JUnit files', () => {
  it('give tests by result, each key once, keys fit for addresses', async () => {
    const all = await read('junit', 'tests', {}, fetchOf(JUNIT))
    expect(all).toMatchObject({ value: '4', total: '5', apiUrl: URL, landingUrl: URL })
    expect(all.entities?.map(({ key, test_result }) => [key, test_result])).toEqual([
      ['org_dose_Plan:build-1:adds', 'passed'],
      ['org_dose_Plan:build-1:fails', 'failed'],
      ['org_dose_Plan:build-1:waits', 'skipped'],
      ['a-b::breaks', 'errored'],
    ])
    const failed = await read(
      'junit',
      'tests',
      { test_result: ['failed', 'errored', 'gone'] },
      fetchOf(JUNIT),
    )
    expect(failed).toMatchObject({ value: '2', total: '5' })
    expect(failed.entities?.[1]).toMatchObject({ suite_names: 'outer/inner' })
  })

  it('give suites and their age', async () => {
    const suites = await read('junit', 'test_suites', {}, fetchOf(JUNIT))
    expect(suites.entities?.map(({ key, suite_result, tests }) => [key, suite_result, tests])).toEqual([
      ['u', 'failed', '3'],
      ['inner', 'errored', '2'],
    ])
    expect(await read('junit', 'source_up_to_dateness', {}, fetchOf(JUNIT))).toMatchObject({ value: '2' })
    expect(await read('junit', 'tests', {}, fetchOf('<testsuite/>'))).toMatchObject({
      value: '0',
      total: '0',
    })
  })

  it('come in archives too', async () => {
    const zip = new ZipFile()
    for (const name of ['a.xml', 'deep/B.XML', 'readme.txt']) zip.addBuffer(Buffer.from(JUNIT), name)
    zip.end()
    const chunks: Buffer[] = []
    for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
    const fetch = fetchOf(Buffer.concat(chunks))
    expect(await read('junit', 'tests', {}, fetch)).toMatchObject({ value: '4', total: '10' })
    expect(await failure(read('generic_json', 'security_warnings', {}, fetch))).toBe(
      'parse: Zipfile contains no files with extension json',
    )
  })

  it.each([
    ['nothing', '', 'parse: The file is not well-formed XML.'],
    ['a page', '<html><body><br></body></html>', 'parse: The file is not well-formed XML.'],
    ['an archive that is cut short', Buffer.from('PK\u0003\u0004xx'), 'parse: The archive cannot be read.'],
    [
      'entities that multiply',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite>&b;</testsuite>',
      'parse: The file is not well-formed XML.',
    ],
    [
      'another encoding',
      '<?xml version="1.0" encoding="klingon"?><testsuite/>',
      'parse: The file has an encoding that is not known: klingon',
    ],
  ])('refuse %s in the same words each time', async (_what, content, expected) => {
    expect(await failure(read('junit', 'tests', {}, fetchOf(content)))).toBe(expected)
  })

  it('need an address', async () => {
    expect(await failure(read('junit', 'tests', { url: '' }))).toBe('connection: No address is configured.')
  })

  it('are asked for with a token as user name, or with user name and password', async () => {
    const seen: unknown[] = []
    const fetch: FetchSource = async (url, options) => {
      seen.push(options?.headers)
      return { url, headers: {}, content: Buffer.from(JUNIT) }
    }
    await read('junit', 'tests', { private_token: 'abc' }, fetch)
    await read('junit', 'tests', { username: 'me', password: 'x' }, fetch)
    await read('junit', 'tests', { username: 'me' }, fetch)
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    expect(seen).toEqual([
      { authorization: basic('abc:'), 'private-token': 'abc' },
      { authorization: basic('me:x') },
      {},
    ])
  })
})

describe('JSON files of findings', () => {
  const file = (severity: string) =>
    JSON.stringify({
      vulnerabilities: [
        { title: 'ISO27001:2013 A9 Insufficient Access Control', description: 'd', severity },
      ],
    })

  it('give findings of the chosen severities, under the documented key', async () => {
    const found = await read('generic_json', 'security_warnings', {}, fetchOf(`\uFEFF${file('Low')}`))
    expect(found).toMatchObject({ value: '1', entities: [{ key: 'b39ccb0733b4fd6727c39c8170ca0333' }] })
    expect(
      await read('generic_json', 'security_warnings', { severities: ['high'] }, fetchOf(file('low'))),
    ).toMatchObject({ value: '0' })
  })

  it.each([
    ['[]', 'parse: The file has no list "vulnerabilities".'],
    ['{"vulnerabilities": [{"title": "x"}]}', 'parse: A vulnerability has no description.'],
    ['', 'parse: The file is not JSON.'],
  ])('refuse %s', async (content, expected) => {
    expect(await failure(read('generic_json', 'security_warnings', {}, fetchOf(content)))).toBe(expected)
  })
})
