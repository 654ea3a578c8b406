import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Context, inTransaction } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findReportContentsInUse } from './contents-in-use.ts'
import { collectDocumentKinds, type DocumentKind } from './document-kind.ts'
import { documentLabel, documentNumber } from './domain/document.ts'
import { type DocumentRequest, issueDocument } from './issue-document.ts'
import { getDocument, listDocumentKinds, listDocuments } from './list-documents.ts'
import { openDocument } from './open-document.ts'
import { makeReportContext, REPORT_TEST_MIGRATIONS } from './testing.ts'

const CERTIFICATE: DocumentKind = {
  kind: 'test.certificate',
  title: 'Certificate',
  prefix: 'C',
  issuePermission: 'test.certificate.issue',
  // whoever may issue sees all, whoever belongs to a client sees that client's
  audience: ({ actor }) => {
    if (hasPermission(actor, 'test.certificate.issue')) return 'all'
    return hasPermission(actor, 'test.client-7') ? ['client:7'] : 'none'
  },
}
const NOTE: DocumentKind = { ...CERTIFICATE, kind: 'test.note', title: 'Note', prefix: 'N' }
const KINDS = collectDocumentKinds([CERTIFICATE, NOTE])

function request(parts: Partial<DocumentRequest> = {}): DocumentRequest {
  return {
    kind: 'test.certificate',
    title: 'Certificate of analysis',
    mediaType: 'application/pdf',
    write: async ({ number, revision }) => Buffer.from(`${number}/${revision}`),
    ...parts,
  }
}

function holding(ctx: Context, ...permissions: readonly string[]): Context {
  const actor = {
    kind: 'user',
    id: 1,
    username: 'x',
    isAdministrator: false,
    permissions: new Set(permissions),
    groupIds: [],
  } as const
  return { ...ctx, actor }
}

describe('numbers', () => {
  it.each([
    [1, 'C-2026-0001'],
    [9999, 'C-2026-9999'],
    [10_000, 'C-2026-10000'],
  ])('write position %d as %s', (position, number) => {
    expect(documentNumber('C', 2026, position)).toBe(number)
  })

  it('name the revision from the second one on', () => {
    expect(documentLabel({ number: 'C-2026-0001', revision: 1 })).toBe('C-2026-0001')
    expect(documentLabel({ number: 'C-2026-0001', revision: 2 })).toBe('C-2026-0001 rev. 2')
  })

  it('of two kinds never look the same', () => {
    expect(() => collectDocumentKinds([CERTIFICATE, { ...NOTE, prefix: 'C' }])).toThrow('declared twice')
  })
})

forEachDatabase('issued documents', REPORT_TEST_MIGRATIONS, (open) => {
  const at = (iso: string) => ({ now: () => new Date(iso) })

  it('are numbered without gaps by kind and year of the site, whoever issues at once', async () => {
    const ctx = await makeReportContext(await open('fresh'), at('2026-11-21T15:00:00Z'))
    const issued = await Promise.all(Array.from({ length: 4 }, () => issueDocument(ctx, KINDS, request())))
    expect(issued.map(({ number }) => number).sort()).toEqual([
      'C-2026-0001',
      'C-2026-0002',
      'C-2026-0003',
      'C-2026-0004',
    ])
    for (const { id, number } of issued) {
      const { content, document } = await openDocument(ctx, KINDS, id)
      expect(await text(content)).toBe(`${number}/1`)
      expect(document).toMatchObject({ fileName: `${number}.pdf`, sizeBytes: 13 })
    }
    const note = await issueDocument(ctx, KINDS, request({ kind: 'test.note' }))
    expect(note.number).toBe('N-2026-0001')
    // still last year in Toronto
    const late = { ...ctx, ...at('2027-01-01T04:59:00Z') }
    expect((await issueDocument(late, KINDS, request())).number).toBe('C-2026-0005')
    const next = { ...ctx, ...at('2027-01-01T05:00:00Z') }
    expect((await issueDocument(next, KINDS, request())).number).toBe('C-2027-0001')
  })

  it('leave no gap when one fails, before or while it is stored', async () => {
    const ctx = await makeReportContext(await open('fresh'), at('2026-11-21T15:00:00Z'))
    const failing = request({ write: () => Promise.reject(new Error('no paper')) })
    await expect(issueDocument(ctx, KINDS, failing)).rejects.toThrow('no paper')
    const undone = request({ onIssued: () => Promise.reject(new Error('the sample moved')) })
    await expect(issueDocument(ctx, KINDS, undone)).rejects.toThrow('the sample moved')
    const within = inTransaction(ctx, async (tx) => {
      expect((await issueDocument(tx, KINDS, request())).number).toBe('C-2026-0001')
      throw new Error('the caller gave up')
    })
    await expect(within).rejects.toThrow('the caller gave up')
    expect((await issueDocument(ctx, KINDS, request())).number).toBe('C-2026-0001')
    expect((await listDocuments(ctx, KINDS)).total).toBe(1)
  })

  it('are replaced once, by one of the same number, and stay readable', async () => {
    const ctx = await makeReportContext(await open('fresh'), at('2026-11-21T15:00:00Z'))
    const first = await issueDocument(ctx, KINDS, request())
    const replacing = request({ supersedesId: first.id })
    const both = await Promise.allSettled([1, 2].map(() => issueDocument(ctx, KINDS, replacing)))
    const [second] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(second).toMatchObject({ number: first.number, revision: 2, fileName: 'C-2026-0001-2.pdf' })
    expect(await getDocument(ctx, KINDS, first.id)).toMatchObject({ supersededById: second?.id })
    expect(await text((await openDocument(ctx, KINDS, first.id)).content)).toBe('C-2026-0001/1')
    await expect(issueDocument(ctx, KINDS, replacing)).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    await expect(
      issueDocument(ctx, KINDS, request({ kind: 'test.note', supersedesId: second?.id ?? 0 })),
    ).rejects.toMatchObject({ refusal: { kind: 'conflict' } })
    const current = await listDocuments(ctx, KINDS, { currentOnly: true })
    expect(current.documents.map(({ id }) => id)).toEqual([second?.id])
  })

  it('never change, not even by hand', async () => {
    const ctx = await makeReportContext(await open('fresh'))
    await issueDocument(ctx, KINDS, request())
    for (const statement of ["update reports_document set title = 'x'", 'delete from reports_document'])
      await expect(sql.raw(statement).execute(ctx.db)).rejects.toThrow('does not change')
  })

  it('are shown to whom their kind says, the rest is not there', async () => {
    const ctx = await makeReportContext(await open('fresh'))
    const [seven, eight] = await Promise.all([
      issueDocument(ctx, KINDS, request({ scope: 'client:7', title: 'Äpfel 100%' })),
      issueDocument(ctx, KINDS, request({ scope: 'client:8', title: 'Birnen' })),
    ])
    const client = holding(ctx, 'test.client-7')
    expect((await listDocuments(client, KINDS)).documents.map(({ id }) => id)).toEqual([seven.id])
    expect(await getDocument(client, KINDS, seven.id)).toMatchObject({ title: 'Äpfel 100%' })
    await expect(openDocument(client, KINDS, eight.id)).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
    const stranger = holding(ctx)
    expect(await listDocuments(stranger, KINDS)).toEqual({ documents: [], total: 0 })
    expect(await listDocumentKinds(stranger, KINDS)).toEqual([])
    await expect(issueDocument(client, KINDS, request())).rejects.toMatchObject({
      refusal: { kind: 'not-permitted', permission: 'test.certificate.issue' },
    })
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } }
    await expect(listDocuments(anonymous, KINDS)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })

  it('are found by words, kind, year and subject', async () => {
    const ctx = await makeReportContext(await open('fresh'), at('2026-11-21T15:00:00Z'))
    const subject = { record: 'test.sample', id: '5' }
    const apples = await issueDocument(ctx, KINDS, request({ title: 'Äpfel 100%', subject }))
    const note = await issueDocument(ctx, KINDS, request({ kind: 'test.note', title: 'Birnen_1' }))
    const found = async (filter: Parameters<typeof listDocuments>[2]) =>
      (await listDocuments(ctx, KINDS, filter)).documents.map(({ id }) => id)
    expect(await found({ text: 'äPFEL' })).toEqual([apples.id])
    expect(await found({ text: '100%' })).toEqual([apples.id])
    expect(await found({ text: '%' })).toEqual([apples.id])
    expect(await found({ text: '_1' })).toEqual([note.id])
    expect(await found({ text: 'n-2026' })).toEqual([note.id])
    expect(await found({ kinds: ['test.note'] })).toEqual([note.id])
    expect(await found({ year: 2025 })).toEqual([])
    expect(await found({ subject })).toEqual([apples.id])
    expect(await found({ order: { by: 'title', direction: 'asc' } })).toEqual([note.id, apples.id])
    await expect(listDocuments(ctx, KINDS, { limit: 501 })).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
  })

  it('keep their contents from being swept away', async () => {
    const ctx = await makeReportContext(await open('fresh'))
    const { sha256 } = await issueDocument(ctx, KINDS, request())
    const other = 'ab'.repeat(32)
    expect(await findReportContentsInUse(ctx, [sha256, other])).toEqual(new Set([sha256]))
    expect(await findReportContentsInUse(ctx, [])).toEqual(new Set())
  })
})
