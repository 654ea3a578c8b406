import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { listCertificates } from '../../../modules/lims/certificates/list-certificates.ts'
import {
  type CertificateOrder,
  type CertificateServices,
  previewCertificate,
  publishCertificate,
} from '../../../modules/lims/certificates/publish-certificate.ts'
import { documentLabel } from '../../../modules/reports/domain/document.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import type { WireCertificate, WireCertificateList } from './certificates.schema.ts'
import { IDS, LONG, parseFields, WORD } from './parse-fields.ts'

const BASE = '/api/v1/lims/certificates'

/** Certificates of analysis: preview, issue, and those of a sample. */
export function certificateRoutes(app: FastifyInstance, services: CertificateServices): void {
  app.post(`${BASE}/preview`, async (request, reply) =>
    reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="preview.pdf"',
        'cache-control': 'private, no-store',
      })
      .send(await previewCertificate(request.ctx, services, parseOrder(objectBody(request)))),
  )
  app.post(BASE, async (request, reply): Promise<WireCertificate> => {
    const order = parseOrder(objectBody(request))
    const document = await publishCertificate(request.ctx, services, order)
    reply.code(201).header('location', `/api/v1/documents/${document.id}`)
    return present({ ...document, documentId: document.id, reason: order.reason ?? null })
  })
  app.get<ById>(
    '/api/v1/lims/samples/:id/certificates',
    async (request): Promise<WireCertificateList> => ({
      items: (await listCertificates(request.ctx, idOf(request))).map(present),
    }),
  )
}

type Listed = {
  readonly documentId: number
  readonly number: string
  readonly revision: number
  readonly issuedAt: Date
  readonly reason: string | null
}

function present(certificate: Listed): WireCertificate {
  const { documentId, number, revision, issuedAt, reason } = certificate
  return {
    ...{ documentId, number, revision, reason },
    label: documentLabel(certificate),
    issuedAt: issuedAt.toISOString(),
    href: `/api/v1/documents/${documentId}/content`,
  }
}

const FIELDS = { samples: IDS, language: WORD, decimalMark: WORD, contacts: IDS, reason: LONG }

function parseOrder(body: Readonly<Record<string, unknown>>): CertificateOrder {
  const { emails, ...rest } = body
  // what the readers let through
  const read = parseFields(rest, FIELDS, ['samples']) as {
    readonly samples: readonly number[]
    readonly language?: string | null
    readonly decimalMark?: string | null
    readonly contacts?: readonly number[] | null
    readonly reason?: string | null
  }
  const language = (['en', 'de', 'fr'] as const).find((each) => each === read.language)
  const decimalMark = (['.', ','] as const).find((each) => each === read.decimalMark)
  if (read.language && !language) throw invalidInput('language', 'This must be one of en, de, fr.')
  if (read.decimalMark && !decimalMark) throw invalidInput('decimalMark', 'This must be a point or a comma.')
  return {
    samples: read.samples,
    ...(language ? { language } : {}),
    ...(decimalMark ? { decimalMark } : {}),
    ...(read.contacts ? { contacts: read.contacts } : {}),
    ...(read.reason ? { reason: read.reason } : {}),
    ...(emails === undefined || emails === null ? {} : { emails: addressesIn(emails) }),
  }
}

function addressesIn(given: unknown): readonly string[] {
  if (!Array.isArray(given) || !given.every((each) => typeof each === 'string' && each.length <= 320))
    throw invalidInput('emails', 'This must be a list of mail addresses.')
  return given
}
