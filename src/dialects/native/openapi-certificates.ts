import { type Endpoint, type Schema, TEXT, WHOLE, wire } from './openapi-shapes.ts'

const ORDER: Readonly<Record<string, Schema>> = {
  samples: { type: 'array', items: WHOLE },
  'language?': { enum: ['en', 'de', 'fr'] },
  'decimalMark?': { enum: ['.', ','] },
  'contacts?': { type: 'array', items: WHOLE },
  'emails?': { type: 'array', items: TEXT },
  'reason?': TEXT,
}

/** Certificates of analysis. */
export const CERTIFICATE_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'POST /api/v1/lims/certificates/preview': {
    summary: 'The certificate of some samples as it would be issued, marked as a draft; stores nothing',
    body: ORDER,
    file: 'application/pdf',
  },
  'POST /api/v1/lims/certificates': {
    summary: 'Issue the certificate of some samples, publish them and queue its mails',
    body: ORDER,
    answer: wire('lims.Certificate'),
    status: 201,
  },
  'GET /api/v1/lims/samples/{id}/certificates': {
    summary: 'The certificates that report a sample, the oldest first',
    answer: wire('lims.CertificateList'),
  },
}
