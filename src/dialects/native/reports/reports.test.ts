import { expect, it } from 'vitest'
import { hasPermission } from '../../../core/actor.ts'
import { collectDocumentKinds, type DocumentKind } from '../../../modules/reports/document-kind.ts'
import { collectReportKinds, type ReportKind } from '../../../modules/reports/report-kind.ts'
import { makeReportContext, REPORT_TEST_MIGRATIONS } from '../../../modules/reports/testing.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from '../testing.ts'

const ROWS: ReportKind = {
  kind: 'test.rows',
  title: 'Rows',
  description: 'Some rows.',
  permission: 'test.report.see',
  filters: [
    { name: 'when', label: 'When', kind: 'period', direction: 'past', required: true, default: 'today' },
  ],
  formats: ['csv'],
  run: async (ctx, filters) => ({
    facts: [{ label: 'From', value: filters.period('when')?.from ?? '' }],
    columns: [
      { title: 'At', kind: 'instant' },
      { title: 'State', kind: 'text' },
      { title: 'Hidden', kind: 'number', decimals: 1, onPaper: 'none' },
    ],
    rows: [{ cells: [ctx.now(), { status: { token: 'ok', word: 'Fine' } }, 2], group: 'G' }],
    isCut: false,
  }),
}

const NOTE: DocumentKind = {
  kind: 'test.note',
  title: 'Note',
  prefix: 'N',
  issuePermission: 'test.note.issue',
  audience: ({ actor }) => (hasPermission(actor, 'test.note.issue') ? 'all' : 'none'),
  compose: async (ctx, subjectId, identity) => ({
    title: `Note ${subjectId}`,
    record: 'test.thing',
    document: {
      ...{ title: 'Note', documentId: identity.number, generatedAt: ctx.now(), zone: ctx.zone },
      ...{ locale: 'en', blocks: [] },
    },
  }),
}

const RIGHTS = ['reports.report.run', 'reports.report.save', 'reports.report.schedule', 'test.report.see']

forEachDatabase('reports and documents by our own API', REPORT_TEST_MIGRATIONS, (open) => {
  async function prepare() {
    const ctx = await makeReportContext(await open('fresh'), { now: () => new Date('2026-11-21T15:00:00Z') })
    await declarePermissions(ctx, [...RIGHTS, 'test.note.issue'])
    const server = await openNativeServer(ctx, {
      reports: {
        kinds: collectReportKinds([ROWS]),
        documentKinds: collectDocumentKinds([NOTE]),
        builder: {
          buildPdf: async ({ documentId }) => Buffer.from(`%PDF ${documentId}`),
          buildLabels: () => Promise.reject(new Error('no labels here')),
        },
        siteName: 'Test',
      },
    })
    const owner = await makeUserWith(ctx, RIGHTS)
    return { ctx, ask: server.ask, owner }
  }

  it('run, preview and write reports', async () => {
    const { ask, owner } = await prepare()
    expect((await ask('GET', '/api/v1/reports/kinds', owner)).body).toMatchObject({
      items: [{ kind: 'test.rows', formats: ['csv'] }],
    })
    expect((await ask('POST', '/api/v1/reports/preview', owner, { kind: 'test.rows' })).body).toEqual({
      facts: [
        { label: 'When', value: 'Today (2026-11-21 – 2026-11-21)' },
        { label: 'From', value: '2026-11-21' },
      ],
      columns: [
        { title: 'At', kind: 'instant', decimals: null, isOnPaper: true },
        { title: 'State', kind: 'text', decimals: null, isOnPaper: true },
        { title: 'Hidden', kind: 'number', decimals: 1, isOnPaper: false },
      ],
      rows: [
        {
          cells: ['2026-11-21T15:00:00.000Z', { status: { token: 'ok', word: 'Fine' } }, 2],
          group: 'G',
          note: null,
        },
      ],
      isCut: false,
    })
    const file = await ask('POST', '/api/v1/reports/file', owner, { kind: 'test.rows', title: 'A: b' })
    expect(file.headers['content-disposition']).toContain('A  b 2026-11-21.csv')
    expect(file.text).toBe('\uFEFFAt,State,Hidden\r\n2026-11-21T10:00:00-05:00,Fine,2\r\n')
  })

  it('keep reports, and answer for nobody else’s', async () => {
    const { ctx, ask, owner } = await prepare()
    const other = await makeUserWith(ctx, RIGHTS)
    const body = { title: 'Mine', kind: 'test.rows', filters: { when: 'last-7-days' } }
    const made = await ask('POST', '/api/v1/reports', owner, body)
    expect(made).toMatchObject({ status: 201, body: { version: 1, isOwn: true, schedule: null } })
    const { id } = made.body as { id: number }
    expect(made.headers.location).toBe(`/api/v1/reports/${id}`)
    expect((await ask('GET', `/api/v1/reports/${id}`, other)).status).toBe(404)
    expect((await ask('GET', `/api/v1/reports/${id}/file`, other)).status).toBe(404)
    expect((await ask('GET', `/api/v1/reports/${id}/runs`, other)).status).toBe(404)
    const change = { ...body, title: 'Changed', version: 1 }
    expect((await ask('PATCH', `/api/v1/reports/${id}`, owner, change)).body).toMatchObject({ version: 2 })
    expect((await ask('PATCH', `/api/v1/reports/${id}`, owner, change)).status).toBe(409)
    expect((await ask('GET', `/api/v1/reports/${id}/runs`, owner)).body).toEqual({ items: [] })
    expect((await ask('DELETE', `/api/v1/reports/${id}`, owner)).status).toBe(204)
    expect((await ask('GET', '/api/v1/reports', owner)).body).toEqual({ items: [] })
  })

  it('issue documents, list them and give out their bytes', async () => {
    const { ctx, ask, owner } = await prepare()
    const issuer = await makeUserWith(ctx, ['test.note.issue'])
    const made = await ask('POST', '/api/v1/documents', issuer, { kind: 'test.note', subjectId: 5 })
    expect(made).toMatchObject({
      status: 201,
      body: {
        label: 'N-2026-0001',
        title: 'Note 5',
        subject: { record: 'test.thing', id: '5' },
        revision: 1,
      },
    })
    const { id, href } = made.body as { id: number; href: string }
    const content = await ask('GET', href, issuer)
    expect(content.text).toBe('%PDF N-2026-0001')
    expect(content.headers['content-disposition']).toContain('N-2026-0001.pdf')
    const again = { kind: 'test.note', subjectId: '5', supersedesId: id }
    expect((await ask('POST', '/api/v1/documents', issuer, again)).body).toMatchObject({
      label: 'N-2026-0001 rev. 2',
    })
    expect((await ask('POST', '/api/v1/documents', issuer, again)).status).toBe(409)
    const list = await ask('GET', '/api/v1/documents?q=n-2026&current=true&subject=test.thing:5', issuer)
    expect(list.body).toMatchObject({ total: 1, items: [{ revision: 2 }] })
    expect((await ask('GET', '/api/v1/documents', owner)).body).toMatchObject({ total: 0, items: [] })
    expect((await ask('GET', href, owner)).status).toBe(404)
  })

  it('refuse in their own form what makes no sense', async () => {
    const { ask, owner } = await prepare()
    const cases: readonly (readonly [
      method: 'GET' | 'POST' | 'PATCH',
      path: string,
      body: unknown,
      status: number,
    ])[] = [
      ['POST', '/api/v1/reports/preview', {}, 400],
      ['POST', '/api/v1/reports/preview', [], 400],
      ['POST', '/api/v1/reports/preview', { kind: 'nothing' }, 404],
      ['POST', '/api/v1/reports/preview', { kind: 'test.rows', filters: { when: 5 } }, 400],
      ['POST', '/api/v1/reports/preview', { kind: '__proto__' }, 404],
      ['POST', '/api/v1/reports/file', { kind: 'test.rows', format: 'pdf' }, 400],
      ['POST', '/api/v1/reports/file', { kind: 'test.rows', notes: 'x' }, 400],
      ['POST', '/api/v1/reports', { kind: 'test.rows' }, 400],
      ['POST', '/api/v1/reports', { kind: 'test.rows', title: 'x', schedule: 7 }, 400],
      ['PATCH', '/api/v1/reports/1', { kind: 'test.rows', title: 'x' }, 400],
      ['PATCH', '/api/v1/reports/999', { kind: 'test.rows', title: 'x', version: 1 }, 404],
      ['GET', '/api/v1/reports/x', undefined, 400],
      ['GET', '/api/v1/reports/1/runs/2/file', undefined, 404],
      ['GET', '/api/v1/documents?order=size', undefined, 400],
      ['GET', '/api/v1/documents?limit=0', undefined, 400],
      ['GET', '/api/v1/documents?year=20x6', undefined, 400],
      ['GET', '/api/v1/documents?subject=x', undefined, 400],
      ['POST', '/api/v1/documents', { kind: 'test.note', subjectId: 5 }, 403],
      ['POST', '/api/v1/documents', { kind: 'test.note' }, 400],
      ['POST', '/api/v1/documents', { kind: 'other', subjectId: 5 }, 404],
    ]
    for (const [method, path, body, status] of cases) {
      const answer = await ask(method, path, owner, body)
      expect([path, JSON.stringify(body), answer.status]).toEqual([path, JSON.stringify(body), status])
      expect(answer.body).toHaveProperty('error')
    }
    expect((await ask('GET', '/api/v1/reports')).status).toBe(401)
    expect((await ask('GET', '/api/v1/documents')).status).toBe(401)
  })
})
