import { type Context, requirePermission } from '../../../context.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { DocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { findRecords } from '../../records/list-records.ts'
import type { DocumentKinds } from '../../reports/document-kind.ts'
import { documentLabel, type IssuedDocument } from '../../reports/domain/document.ts'
import { issueDocument } from '../../reports/issue-document.ts'
import { doTransition } from '../do-transition.ts'
import { analysis } from '../records/analysis.ts'
import { SEES_ALL_CLIENTS } from '../records/object-fields.ts'
import { request } from '../records/request.ts'
import { type CertifiedSample, findCertified, insertCertified } from '../store/certificates.ts'
import { certifiedResults, describeAmendment } from './amendment.ts'
import { CERTIFICATE_DOCUMENT, clientScope } from './certificate-kind.ts'
import { CERTIFICATE_WORDS } from './certificate-words.data.ts'
import { describeCertificate } from './describe-certificate.ts'
import { type CertificateOptions, type GatheredCertificate, gatherCertificate } from './gather-certificate.ts'
import { type Addressee, mailCertificate, requireAddressees } from './mail-certificate.ts'

/** What certificates need besides the context. */
export type CertificateServices = {
  readonly documentKinds: DocumentKinds
  readonly builder: Pick<DocumentBuilder, 'buildPdf'>
  readonly notifications: Notifications
}

/** Who gets a certificate by mail: contacts of the client, and addresses besides. */
export type CertificateRecipients = {
  readonly contacts?: readonly number[]
  readonly emails?: readonly string[]
}

export type CertificateOrder = CertificateOptions &
  CertificateRecipients & {
    readonly samples: readonly number[]
    /** asked for where a sample was reported before */
    readonly reason?: string
  }

/** A certificate as it would be issued now, marked as a draft. Nothing is stored, and no number is taken. */
export async function previewCertificate(
  ctx: Context,
  services: CertificateServices,
  order: CertificateOrder,
): Promise<Buffer> {
  requirePermission(ctx, SEES_ALL_CLIENTS)
  const gathered = await gatherCertificate(ctx, order.samples, services.notifications.publicUrl, order)
  const { earlier } = await findEarlier(ctx, gathered)
  const amendment = describeAmendment(gathered.facts.samples, earlier, order.reason ?? '')
  const words = CERTIFICATE_WORDS[gathered.facts.language]
  const facts = { ...gathered.facts, amendment, signers: gathered.facts.signers.filter(isVerifier) }
  return services.builder.buildPdf(
    describeCertificate(facts, { documentId: words.draft, at: ctx.now(), zone: ctx.zone, isDraft: true }),
  )
}

function isVerifier({ role }: { readonly role: string }): boolean {
  return role === 'verified'
}

const LONGEST_REASON = 2000

/**
 * Issues the certificate of some samples of one client, publishes the samples and queues its mails, all or nothing. A
 * sample that was reported before needs a reason; the new certificate then says what it replaces and what changed.
 *
 * @throws RefusedError `conflict` for samples that are not verified, or that changed while it was made
 */
export async function publishCertificate(
  ctx: Context,
  services: CertificateServices,
  order: CertificateOrder,
): Promise<IssuedDocument> {
  requirePermission(ctx, CERTIFICATE_DOCUMENT.issuePermission)
  const gathered = await gatherCertificate(ctx, order.samples, services.notifications.publicUrl, order)
  requirePublishable(gathered.requests)
  const addressees = await requireAddressees(ctx, gathered.clientId, order)
  const { earlier, superseded } = await findEarlier(ctx, gathered)
  const reason = requireReason(order.reason, earlier.size > 0)
  const facts = { ...gathered.facts, amendment: describeAmendment(gathered.facts.samples, earlier, reason) }
  const [first] = gathered.requests
  return issueDocument(ctx, services.documentKinds, {
    kind: CERTIFICATE_DOCUMENT.kind,
    title:
      `${CERTIFICATE_WORDS[facts.language].title} ${facts.samples.map(({ objectId }) => objectId).join(', ')}`.slice(
        0,
        200,
      ),
    subject: { record: request.name, id: String(first?.id) },
    scope: clientScope(gathered.clientId),
    mediaType: 'application/pdf',
    ...(superseded === undefined ? {} : { supersedesId: superseded }),
    write: (identity) =>
      services.builder.buildPdf(
        describeCertificate(facts, {
          documentId: documentLabel(identity),
          at: ctx.now(),
          zone: ctx.zone,
          isDraft: false,
        }),
      ),
    onIssued: (tx, document) => finish(tx, services, { gathered, document, reason, addressees }),
  })
}

type Issued = {
  readonly gathered: GatheredCertificate
  readonly document: IssuedDocument
  readonly reason: string
  readonly addressees: readonly Addressee[]
}

async function finish(tx: Context, services: CertificateServices, issued: Issued): Promise<void> {
  const { gathered, document, reason, addressees } = issued
  const moves = Map.groupBy(gathered.requests, ({ state }) =>
    state === 'published' ? 'republish' : 'publish',
  )
  await requireUnchanged(tx, gathered)
  for (const [action, rows] of moves)
    await doTransition(
      tx,
      rows.map(({ id }) => ({ record: request.name, id })),
      action,
      reason === '' ? {} : { reason },
    )
  await insertCertified(
    tx.db,
    gathered.facts.samples.map((sample) => ({
      documentId: document.id,
      requestId: sample.requestId,
      issuedAt: document.issuedAt,
      reason: reason === '' ? null : reason,
      results: certifiedResults(sample),
    })),
  )
  await mailCertificate(tx, services.notifications, document, gathered, addressees)
}

function requirePublishable(requests: readonly AnyRow[]): void {
  const open = requests.find(
    ({ state, cancelled }) => cancelled === true || (state !== 'verified' && state !== 'published'),
  )
  if (open)
    throw new RefusedError({ kind: 'conflict', reason: `Sample ${String(open.objectId)} is not verified.` })
}

function requireReason(given: string | undefined, isNeeded: boolean): string {
  const reason = given?.trim() ?? ''
  if (reason.length > LONGEST_REASON) throw invalidInput('reason', 'This is too long.')
  if (isNeeded && reason === '')
    throw invalidInput('reason', 'These samples were reported before: say why they are reported again.')
  return reason
}

/** What the certificate says was read before its transaction began. */
async function requireUnchanged(tx: Context, { requests, analyses }: GatheredCertificate): Promise<void> {
  for (const [record, rows] of [
    [request, requests],
    [analysis, analyses],
  ] as const) {
    const now = new Map(
      (
        await findRecords(
          tx,
          record,
          rows.map(({ id }) => id),
        )
      ).map(({ id, version }) => [id, version]),
    )
    if (rows.some(({ id, version }) => now.get(id) !== version))
      throw new RefusedError({
        kind: 'conflict',
        reason: 'These samples changed while the certificate was made. Try again.',
      })
  }
}

/**
 * The last certificate of each sample, or of the invalidated sample that it follows; and the document that the new one
 * takes the place of, where it reports the same samples.
 */
async function findEarlier(
  ctx: Context,
  { requests }: GatheredCertificate,
): Promise<{ readonly earlier: ReadonlyMap<number, CertifiedSample>; readonly superseded?: number }> {
  const parents = requests.flatMap(({ parentRequest }) =>
    typeof parentRequest === 'number' ? [parentRequest] : [],
  )
  const found = await findCertified(ctx.db, { requestIds: [...requests.map(({ id }) => id), ...parents] })
  const last = new Map(found.map((each) => [each.requestId, each]))
  const earlier = new Map(
    requests.flatMap(({ id, parentRequest }) => {
      const before = last.get(id) ?? last.get(Number(parentRequest))
      return before ? [[id, before] as const] : []
    }),
  )
  const documents = [...new Set([...earlier.values()].map(({ documentId }) => documentId))]
  const [only] = documents
  if (only === undefined || documents.length > 1 || earlier.size < requests.length) return { earlier }
  const together = await findCertified(ctx.db, { documentIds: [only] })
  return together.length === requests.length ? { earlier, superseded: only } : { earlier }
}
