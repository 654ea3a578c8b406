import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { equals } from '../../../core/query.ts'
import { openBlobStore } from '../../../platform/blobs/open-blob-store.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openMailer } from '../../../platform/mail/open-mailer.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { readPdfText } from '../../../platform/pdf/read-pdf-text.ts'
import { createJobs } from '../../jobs/store/migrations/0001-create.ts'
import { createNotifications } from '../../notifications/store/migrations/0001-create.ts'
import { makeNotifications } from '../../notifications/testing.ts'
import { listRecords } from '../../records/list-records.ts'
import { changeRecord } from '../../records/save-record.ts'
import { collectDocumentKinds } from '../../reports/document-kind.ts'
import { getDocument } from '../../reports/list-documents.ts'
import { changeRequest } from '../change-request.ts'
import { doTransition } from '../do-transition.ts'
import { enterResults } from '../enter-results.ts'
import { analysis } from '../records/analysis.ts'
import { client } from '../records/client.ts'
import { contact } from '../records/contact.ts'
import { request } from '../records/request.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
  TEST_NOW,
} from '../testing.ts'
import type { CertificateFacts, CertificateResult } from './certificate.ts'
import { CERTIFICATE_DOCUMENT } from './certificate-kind.ts'
import { describeCertificate } from './describe-certificate.ts'
import { listCertificates } from './list-certificates.ts'
import { type CertificateServices, previewCertificate, publishCertificate } from './publish-certificate.ts'

const builder = openDocumentBuilder()
afterAll(() => builder.close())

const AT = new Date('2026-03-02T14:00:00Z')
const RESULT: CertificateResult = {
  ...{ analysisId: 1, keyword: 'Ca', title: 'Calcium', category: 'Metals', method: 'ICP-OES 12' },
  ...{
    text: '10,2',
    unit: 'mg/l',
    uncertainty: '0,3',
    detectionLimit: '0,1',
    range: '9 – 11',
    rangeComment: null,
  },
  ...{ conformity: 'within', accredited: true, subcontractor: null, measuredInField: false },
  ...{ dryMatter: null, remarks: 'Digested twice, unlike the method' },
}
const FACTS: CertificateFacts = {
  language: 'en',
  laboratory: {
    ...{
      name: 'Bench Laboratory',
      address: ['1 Assay Street', '7405 Cape Town'],
      logo: null,
      accredited: true,
    },
    ...{ mark: { picture: null, text: 'SANAS T0001' }, confidence: 95, footer: null },
  },
  client: { name: 'Happy Hills', address: ['2 Orchard Road'], contact: 'Rita Mohale' },
  samples: [
    {
      ...{ requestId: 7, objectId: 'AP-0007-R01', sampleType: 'Apple Pulp', samplePoint: 'Orchard 4' },
      ...{ clientSampleId: 'HH/77', clientReference: 'Spring', orderNumber: 'PO 5', condition: 'Chilled' },
      ...{ deviation: 'Sampled late', environment: '21 °C', sampler: 'Sarel Seemonster' },
      ...{ sampledAt: new Date('2026-02-27T08:00:00Z'), receivedAt: new Date('2026-02-28T08:00:00Z') },
      ...{ analysedFrom: new Date('2026-03-01T08:00:00Z'), analysedTo: new Date('2026-03-02T08:00:00Z') },
      ...{
        specification: 'Apple Pulp export',
        remarks: 'Sampling plan SP-3',
        address: 'https://lab.example.org/lims/samples/7',
      },
      interpretations: [{ department: 'Chemistry', html: '<p>The orchard needs no lime.</p>' }],
      results: [
        RESULT,
        {
          ...RESULT,
          keyword: 'Cu',
          title: 'Copper',
          conformity: 'out',
          subcontractor: 'Far Laboratory',
          accredited: false,
        },
        { ...RESULT, keyword: 'pH', title: 'Acidity', measuredInField: true, text: '< 0,1', uncertainty: '' },
      ],
    },
  ],
  signers: [
    { role: 'verified', name: 'Vera Rify', jobTitle: 'Chemist', at: AT, picture: null },
    { role: 'authorised', name: 'Paul Lisher', jobTitle: null, at: AT, picture: null },
  ],
  amendment: {
    replaces: [{ label: 'COA-2026-0003', issuedAt: new Date('2026-03-01T14:00:00Z') }],
    reason: 'Two flasks were swapped',
    changes: [{ sample: 'AP-0007-R01', analysis: 'Calcium', before: '9,2 mg/l', after: '10,2 mg/l' }],
  },
}

/** What ISO/IEC 17025:2017 asks a report to state, in our words, and where this one does. */
const CLAUSES: readonly (readonly [clause: string, asks: string, states: readonly string[]])[] = [
  ['7.8.2.1 a', 'a title', ['Amended certificate of analysis']],
  [
    '7.8.2.1 b',
    'name and address of the laboratory',
    ['Bench Laboratory', '1 Assay Street', '7405 Cape Town'],
  ],
  [
    '7.8.2.1 c',
    'where the work was done',
    ['At the address of the laboratory', 'Acidity §', '§ measured where the sample was taken'],
  ],
  [
    '7.8.2.1 d',
    'a number on every page, pages of how many, an end',
    ['COA-2026-0003 rev. 2', 'Page 1 of', 'End of certificate'],
  ],
  ['7.8.2.1 e', 'name and contact of the client', ['Happy Hills', '2 Orchard Road', 'Rita Mohale']],
  ['7.8.2.1 f', 'the method', ['ICP-OES 12']],
  ['7.8.2.1 g', 'what was tested, and its condition', ['AP-0007-R01', 'Apple Pulp', 'HH/77', 'Chilled']],
  ['7.8.2.1 h', 'when it was received and sampled', ['27 Feb 2026', '28 Feb 2026']],
  ['7.8.2.1 i', 'when the work was done', ['01 Mar 2026 – 02 Mar 2026']],
  ['7.8.2.1 j', 'when it was issued', ['Date of issue', '02 Mar 2026']],
  ['7.8.2.1 k', 'the sampling plan', ['Sampling plan SP-3']],
  ['7.8.2.1 l', 'that results relate to the items only', ['The results relate only to the items tested.']],
  ['7.8.2.1 m', 'results with units', ['10,2', 'mg/l']],
  ['7.8.2.1 n', 'departures from the method', ['Digested twice, unlike the method']],
  ['7.8.2.1 o', 'who authorises it', ['Vera Rify', 'Paul Lisher']],
  ['7.8.2.1 p', 'what external providers measured', ['Copper *#', 'Far Laboratory']],
  [
    '7.8.2.2',
    'what the client stated, and that samples were as received',
    ['are as the client stated them', 'as they were received'],
  ],
  ['7.8.3.1 a', 'conditions of the test', ['21 °C']],
  ['7.8.3.1 b', 'conformity', ['Within', 'Out of range']],
  [
    '7.8.3.1 c',
    'uncertainty in the unit of the result, with its confidence',
    ['± U', '0,3', 'level of confidence of 95 %'],
  ],
  ['7.8.3.1 d', 'opinions and interpretations', ['The orchard needs no lime.']],
  ['7.8.4', 'only calibrations: measured values with uncertainty are stated in any case', ['0,3']],
  [
    '7.8.5',
    'sampling: date, place, deviation, surroundings, who',
    ['Orchard 4', 'Sampled late', '21 °C', 'Sarel Seemonster'],
  ],
  [
    '7.8.6',
    'the rule of decision, and which specification',
    ['Decision rule', 'Apple Pulp export', '9 – 11'],
  ],
  [
    '7.8.7',
    'that opinions rest on results of the items',
    ['Opinions and interpretations are based on the results of the items tested'],
  ],
  [
    '7.8.8',
    'what an amended report replaces, why, and what changed',
    ['replaces COA-2026-0003', 'Two flasks were swapped', 'Calcium: 10,2 mg/l instead of 9,2 mg/l'],
  ],
]

describe('a certificate of analysis', () => {
  it('states what ISO/IEC 17025:2017 asks for', async () => {
    const issue = { documentId: 'COA-2026-0003 rev. 2', at: AT, zone: 'UTC', isDraft: false }
    const pages = readPdfText(await builder.buildPdf(describeCertificate(FACTS, issue)))
    const text = pages.join('\n').replace(/[\s\t]+/g, ' ')
    const missing = CLAUSES.flatMap(([clause, asks, states]) =>
      states.filter((each) => !text.includes(each)).map((each) => `${clause} ${asks}: ${each}`),
    )
    expect(missing, text).toEqual([])
    pages.forEach((page, index) => {
      expect(page).toContain('COA-2026-0003 rev. 2')
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    })
  })

  it.each([
    ['de', 'Geänderter Prüfbericht', 'Seite 1 von', 'Nachweisgrenze'],
    ['fr', "Rapport d'analyse modifié", 'Page 1 sur', 'Limite de'],
  ] as const)('is written in %s', async (language, ...words) => {
    const issue = { documentId: 'COA-1', at: AT, zone: 'UTC', isDraft: true }
    const text = readPdfText(await builder.buildPdf(describeCertificate({ ...FACTS, language }, issue))).join(
      '\n',
    )
    for (const word of words) expect(text).toContain(word)
  })
})

const KINDS = collectDocumentKinds([CERTIFICATE_DOCUMENT])

forEachDatabase('certificates', [...LIMS_TEST_MIGRATIONS, createJobs, createNotifications], (open) => {
  async function setUp() {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-certificates-'))
    const blobs = await openBlobStore({ kind: 'folder', folder })
    const ctx = makeLimsContext(await open('fresh'), { blobs })
    const services: CertificateServices = {
      documentKinds: KINDS,
      builder,
      notifications: makeNotifications(
        openMailer({ kind: 'folder', from: { address: 'qa@lab.example' }, folder: join(folder, 'mail') }),
      ),
    }
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const verifier = await asRole(ctx, 'verifier')
    const made = await makeSample(manager, lab)
    const about = [{ record: request.name, id: made.requestId }]
    const work = async (about: readonly { id: number }[], result: string) => {
      await enterResults(
        manager,
        NO_CALCULATIONS,
        about.map(({ id }) => ({ id, result })),
      )
      await doTransition(
        manager,
        about.map(({ id }) => ({ record: analysis.name, id })),
        'submit',
      )
    }
    return { ctx, services, lab, manager, verifier, made, about, work }
  }

  async function textOf(ctx: Context, id: number): Promise<string> {
    const document = await getDocument(ctx, KINDS, id)
    return readPdfText(await ctx.blobs.read(document.sha256, 10_000_000)).join('\n')
  }

  it('are previewed without issue, issued with the publication, and mailed to the chosen', async () => {
    const { ctx, services, lab, manager, verifier, made, about, work } = await setUp()
    const publish = (parts: object = {}) =>
      publishCertificate(manager, services, { samples: [made.requestId], ...parts })
    const owner = (
      await listRecords(ctx, client, { where: equals('id', lab.clientId), order: [], limit: 1, offset: 0 })
    ).rows[0]
    await changeRecord(ctx, client, lab.clientId, Number(owner?.version), {
      defaultDecimalMark: false,
      decimalMark: ',',
    })
    await doTransition(manager, about, 'receive')
    await expect(publish()).rejects.toMatchObject({ refusal: { kind: 'conflict' } })
    await work(made.analyses, '10.26')
    await doTransition(verifier, about, 'verify')
    const preview = readPdfText(
      await previewCertificate(manager, services, { samples: [made.requestId] }),
    ).join('\n')
    expect(preview).toContain('10,26')
    expect(preview).toContain('DRAFT')
    expect(await listCertificates(manager, made.requestId)).toEqual([])
    await expect(publish({ contacts: [lab.contactId] })).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
    const [person] = (
      await listRecords(ctx, contact, { where: equals('id', lab.contactId), order: [], limit: 1, offset: 0 })
    ).rows
    await changeRecord(ctx, contact, lab.contactId, Number(person?.version), {
      emailAddress: 'rita@happy.example',
    })
    const issued = await publish({
      contacts: [lab.contactId],
      emails: ['Rita@happy.example', 'lab@happy.example'],
    })
    expect(issued).toMatchObject({ number: 'COA-2026-0001', revision: 1, scope: `client:${lab.clientId}` })
    const [row] = (
      await listRecords(ctx, request, { where: equals('id', made.requestId), order: [], limit: 1, offset: 0 })
    ).rows
    expect(row).toMatchObject({ state: 'published', datePublished: TEST_NOW })
    const text = await textOf(manager, issued.id)
    expect(text).toContain(verifier.actor.username)
    expect(text).not.toContain('DRAFT')
    const mails = await ctx.db
      .withTables<{ notifications_delivery: { address: string } }>()
      .selectFrom('notifications_delivery')
      .select('address')
      .orderBy('address')
      .execute()
    expect(mails.map(({ address }) => address)).toEqual(['Rita@happy.example', 'lab@happy.example'])
    const stranger = await asRole(ctx, 'client')
    await expect(getDocument(stranger, KINDS, issued.id)).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
  })

  it('that are issued again say why and what changed, and take the place of the earlier', async () => {
    const { services, manager, verifier, made, about, work } = await setUp()
    await doTransition(manager, about, 'receive')
    await work(made.analyses, '1')
    await doTransition(verifier, about, 'verify')
    const first = await publishCertificate(manager, services, { samples: [made.requestId] })
    const again = { samples: [made.requestId] }
    await expect(publishCertificate(manager, services, again)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
    const second = await publishCertificate(manager, services, { ...again, reason: 'Name of the client' })
    expect(second).toMatchObject({ number: first.number, revision: 2, supersedesId: first.id })
    expect(await textOf(manager, second.id)).toContain('No result differs.')
    const [born] = await doTransition(verifier, about, 'invalidate', { reason: 'flasks were swapped' })
    const next = born?.id ?? 0
    const { rows } = await listRecords(manager, analysis, {
      where: equals('request', next),
      order: [],
      limit: 9,
      offset: 0,
    })
    await work(rows, '2')
    await doTransition(verifier, [{ record: request.name, id: next }], 'verify')
    const third = await publishCertificate(manager, services, {
      samples: [next],
      reason: 'Flasks were swapped',
    })
    expect(third).toMatchObject({ number: first.number, revision: 3 })
    const text = await textOf(manager, third.id)
    expect(text).toContain(`replaces ${first.number} rev. 2`)
    expect(text).toContain('2.00 instead of 1.00')
    expect((await listCertificates(manager, next)).map(({ reason }) => reason)).toEqual([
      'Flasks were swapped',
    ])
  })

  it('that meet a change of their sample are not issued', async () => {
    const { services, manager, verifier, made, about, work } = await setUp()
    await doTransition(manager, about, 'receive')
    await work(made.analyses, '1')
    await doTransition(verifier, about, 'verify')
    const slow: CertificateServices = {
      ...services,
      builder: {
        buildPdf: async (document) => {
          const [row] = (
            await listRecords(manager, request, {
              where: equals('id', made.requestId),
              order: [],
              limit: 1,
              offset: 0,
            })
          ).rows
          await changeRequest(manager, made.requestId, { clientOrderNumber: 'new' }, Number(row?.version))
          return builder.buildPdf(document)
        },
      },
    }
    await expect(publishCertificate(manager, slow, { samples: [made.requestId] })).rejects.toMatchObject({
      refusal: { kind: 'conflict' },
    })
    expect(await listCertificates(manager, made.requestId)).toEqual([])
  })
})
