import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { readPdfText } from '../../../platform/pdf/read-pdf-text.ts'
import { createRecord } from '../../records/save-record.ts'
import type { SavedReport } from '../../reports/domain/saved-report.ts'
import { buildReportFile, type ReportOrder } from '../../reports/report-file.ts'
import { collectReportKinds } from '../../reports/report-kind.ts'
import { runReport } from '../../reports/run-report.ts'
import { createSession } from '../perform-session.ts'
import { tests } from '../performing/testing.ts'
import { fault } from '../records/fault.ts'
import { faultType } from '../records/fault-type.ts'
import { serviceEvent } from '../records/service-event.ts'
import { eventFields, makeServiceUnit, withServiceRecords } from '../service/testing.ts'
import { setReference } from '../set-reference.ts'
import { shipDefaults } from '../ship-defaults.ts'
import { findComparisons } from '../store/comparisons.ts'
import {
  makeFrequency,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeTolerance,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
} from '../testing.ts'
import { MACHINE_QA_REPORTS } from './report-kinds.ts'

const HOUR_MS = 3_600_000
const builder = openDocumentBuilder()
const REPORTS = {
  kinds: collectReportKinds(MACHINE_QA_REPORTS),
  documentKinds: new Map(),
  builder,
  siteName: 'St. Elsewhere',
}

afterAll(() => builder.close())

forEachDatabase('reports of machine QA', QA_TEST_MIGRATIONS, (open) => {
  let ctx: Context
  let ready: Awaited<ReturnType<typeof makeReadyList>>
  let serviced: Awaited<ReturnType<typeof makeServiceUnit>>
  beforeAll(async () => {
    const performing = withServiceRecords(await makeQaContext(await open('fresh')))
    ctx = performing
    const { database } = ctx
    await shipDefaults(ctx)
    const reference = await makeReference(database, 100)
    const tolerance = await makeTolerance(database, {
      type: 'absolute',
      ...{ actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 },
    })
    ready = await makeReadyList(
      database,
      [{ macro: 'output', reference, tolerance }, { macro: 'temperature' }],
      {
        frequency: await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY', windowEnd: 1 }),
        dueDate: new Date(TEST_NOW.getTime() - 72 * HOUR_MS),
        autoSchedule: false,
      },
    )
    const perform = (output: number, daysAgo: number, comment = '') =>
      createSession(performing, {
        assignmentId: ready.assignmentId,
        workStarted: new Date(TEST_NOW.getTime() - (daysAgo * 24 + 1) * HOUR_MS),
        workCompleted: new Date(TEST_NOW.getTime() - daysAgo * 24 * HOUR_MS),
        tests: tests({ output: { value: output, comment }, temperature: 22 }),
      })
    await perform(101, 3)
    await perform(102.5, 2, 'after the weekend')
    await perform(104, 1)
    await perform(100, 60)
    serviced = await makeServiceUnit(ctx)
    await createRecord(ctx, serviceEvent, {
      ...(await eventFields(ctx, serviced.areaId)),
      datetimeService: new Date(TEST_NOW.getTime() - 5 * 24 * HOUR_MS),
      workDescription: 'Replaced the motor',
      durationServiceTime: 5400,
      durationLostTime: 7200,
    })
    const { id: type } = await createRecord(ctx, faultType, { code: 'MLC 4' })
    await createRecord(ctx, fault, { unit: serviced.unitId, faultTypes: [type], occurred: TEST_NOW })
  })

  const run = async (kind: string, filters: Readonly<Record<string, unknown>> = {}) =>
    (await runReport(ctx, REPORTS, { kind, filters }, 1000)).data
  const cells = async (kind: string, filters: Readonly<Record<string, unknown>> = {}) => {
    const { columns, rows } = await run(kind, filters)
    return rows.map((row) =>
      Object.fromEntries(
        row.cells.map((cell, index) => [
          columns[index]?.title,
          typeof cell === 'object' && cell !== null && 'status' in cell ? cell.status.word : cell,
        ]),
      ),
    )
  }

  it('summarise sessions of a period by their worst result', async () => {
    expect(await cells('machine-qa.session-summary', { completed: 'last-7-days' })).toMatchObject([
      { Result: 'OK', OK: 1, Tolerance: 0, Action: 0, 'No tol.': 1, Skipped: 0, 'Reviewed by': 'Unreviewed' },
      { Result: 'Tolerance', Tolerance: 1 },
      { Result: 'Action', Action: 1 },
    ])
    const { facts } = await run('machine-qa.session-summary', { completed: 'last-90-days' })
    expect(facts).toContainEqual({ label: 'Sessions', value: '4' })
    expect(facts).toContainEqual({
      label: 'Completed',
      value: 'Last 90 days (2019-04-26 – 2019-07-25)',
    })
    const units = [serviced.unitId]
    expect(await cells('machine-qa.session-summary', { units })).toEqual([])
    expect(
      (await cells('machine-qa.session-summary', { completed: 'last-7-days', review: ['reviewed'] })).length,
    ).toBe(0)
  })

  it('give every result with what it was compared with', async () => {
    const rows = await cells('machine-qa.session-details', {
      completed: 'last-7-days',
      tests: [ready.testIds.output],
    })
    expect(rows).toMatchObject([
      { Value: '101', Reference: '100', Status: 'OK', Comment: null },
      { Value: '102.5', Status: 'Tolerance', Comment: 'after the weekend' },
      { Value: '104', Status: 'Action' },
    ])
    expect((await run('machine-qa.session-details')).rows.length).toBe(6)
  })

  it('say what is due and overdue, and what will be', async () => {
    expect(await cells('machine-qa.due-and-overdue')).toMatchObject([
      { State: 'Overdue', Due: '2019-07-22', 'Window to': '2019-07-23' },
    ])
    expect(await cells('machine-qa.due-and-overdue', { states: ['tolerance'] })).toEqual([])
    expect(await cells('machine-qa.next-due', { due: 'next-7-days' })).toEqual([])
    expect((await cells('machine-qa.next-due', { due: '2019-07-01..2019-07-31' })).length).toBe(1)
  })

  it('tell from what to what references were changed, and why', async () => {
    const infoId = await outputInfo(ctx, ready)
    await setReference(ctx, { unitTestInfoId: infoId, value: 101 }, 'new chamber')
    await setReference(
      { ...ctx, now: () => new Date(TEST_NOW.getTime() + 24 * HOUR_MS) },
      { unitTestInfoId: infoId, value: 99 },
      'calibrated',
    )
    expect(await cells('machine-qa.reference-history', { changed: '2019-07-01..2019-07-31' })).toMatchObject([
      { 'Reference before': '101', 'Reference after': '99', Reason: 'calibrated' },
      { 'Reference before': '100', 'Reference after': '101', Reason: 'new chamber' },
    ])
    // the later change still tells what came of the earlier one
    expect(await cells('machine-qa.reference-history', { changed: 'today' })).toMatchObject([
      { 'Reference before': '100', 'Reference after': '101' },
    ])
  })

  it('list service events and faults', async () => {
    expect(await cells('machine-qa.service-log', { units: [serviced.unitId] })).toMatchObject([
      {
        Type: 'Minor',
        Status: 'Service Pending',
        Problem: 'Couch does not move',
        Work: 'Replaced the motor',
        'Service time (h)': 1.5,
        'Lost time (h)': 2,
      },
    ])
    expect(await cells('machine-qa.service-log', { service: 'today' })).toEqual([])
    expect(await cells('machine-qa.faults', { review: ['unreviewed'] })).toMatchObject([
      { Types: 'MLC 4', Reviewed: false },
    ])
    expect(await cells('machine-qa.faults', { review: ['reviewed'] })).toEqual([])
  })

  it('compute availability by month and in total', async () => {
    const rows = await cells('machine-qa.downtime', { period: 'this-month', units: [serviced.unitId] })
    // 23 weekdays of eight hours
    expect(rows).toMatchObject([
      { Month: '2019-07', 'Service events': 1, 'Potential (h)': 184, 'Lost (h)': 2 },
      { Month: 'Total' },
    ])
    expect(rows[0]?.['Available (%)']).toBeCloseTo((100 * 182) / 184, 10)
  })

  it('come as PDF that says what the table says, as CSV and as XLSX', async () => {
    const order: ReportOrder & Pick<SavedReport, 'title'> = {
      kind: 'machine-qa.session-details',
      filters: { completed: 'last-7-days' },
      format: 'pdf',
      title: 'Output of the week',
      notes: [{ heading: 'For the board', text: 'Please sign.' }],
      signature: true,
    }
    const pdf = await buildReportFile(ctx, REPORTS, order)
    expect(pdf).toMatchObject({ fileName: 'Output of the week 2019-07-25.pdf', mediaType: 'application/pdf' })
    const text = readPdfText(pdf.content).join('\n')
    for (const words of [
      'Output of the week',
      'QA session details',
      'St. Elsewhere',
      'For the board',
      'Please sign.',
      'Last 7 days (2019-07-18 – 2019-07-25)',
      '102.5',
      'Comment: after the weekend',
      'Signed',
    ])
      expect(text).toContain(words)
    const csv = await buildReportFile(ctx, REPORTS, { ...order, format: 'csv' })
    const lines = csv.content.toString().split('\r\n')
    expect(lines[0]).toBe(
      '\uFEFFUnit,Test list,Completed,Performed by,Session,Test,Value,Reference,Tolerance,Difference,Status,Comment',
    )
    expect(lines.length).toBe(8)
    expect(lines[3]).toMatch(/,2019-07-23T11:00:00-04:00,.*,102\.5,100,.*,Tolerance,after the weekend$/)
    const xlsx = await buildReportFile(ctx, REPORTS, { ...order, format: 'xlsx' })
    expect(xlsx.content.subarray(0, 2).toString()).toBe('PK')
  })

  it('ask for the permission of their part, and stop at their limit', async () => {
    const actor = {
      kind: 'user',
      id: 1,
      username: 'x',
      isAdministrator: false,
      permissions: new Set(['reports.report.run']),
      groupIds: [],
    } as const
    for (const { kind, permission } of MACHINE_QA_REPORTS)
      await expect(runReport({ ...ctx, actor }, REPORTS, { kind, filters: {} }, 10)).rejects.toMatchObject({
        refusal: { kind: 'not-permitted', permission },
      })
    const asked = { kind: 'machine-qa.session-details', filters: {} }
    const { data } = await runReport(ctx, REPORTS, asked, 4)
    expect([data.rows.length, data.isCut]).toEqual([4, true])
  })
})

async function outputInfo(ctx: Context, { unitId }: { readonly unitId: number }): Promise<number> {
  const infos = await findComparisons(ctx.db, { unitId })
  return infos.find(({ reference }) => reference !== null)?.infoId ?? 0
}
