import type { FastifyInstance, FastifyReply } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { LABEL_CODES, type LabelOrder, sampleLabels } from '../../../modules/lims/printing/sample-labels.ts'
import { worksheetDocument } from '../../../modules/lims/printing/worksheet-document.ts'
import type { Reports } from '../../../modules/reports/reports.ts'
import { LABEL_SHEETS } from '../../../platform/pdf/label-sheets.ts'
import { type ById, idOf, objectBody } from '../records.ts'
import { IDS, parseFields, WORD } from './parse-fields.ts'
import type { WireLabelSheets } from './printing.schema.ts'

/** Labels and worksheets on paper. */
export function printingRoutes(app: FastifyInstance, { builder }: Pick<Reports, 'builder'>): void {
  app.get(
    '/api/v1/lims/label-sheets',
    async (): Promise<WireLabelSheets> => ({
      items: Object.keys(LABEL_SHEETS),
    }),
  )
  app.post('/api/v1/lims/labels', async (request, reply) =>
    sendPdf(reply, 'labels', await sampleLabels(request.ctx, builder, parseOrder(objectBody(request)))),
  )
  app.get<ById>('/api/v1/lims/worksheets/:id/print', async (request, reply) => {
    const document = await worksheetDocument(request.ctx, idOf(request))
    return sendPdf(reply, 'worksheet', await builder.buildPdf(document))
  })
}

function sendPdf(reply: FastifyReply, name: string, content: Buffer): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'cache-control': 'private, no-store',
    })
    .send(content)
}

function parseOrder(body: Readonly<Record<string, unknown>>): LabelOrder {
  const { copies, skip, ...rest } = body
  // what the readers let through
  const read = parseFields(rest, { samples: IDS, sheet: WORD, code: WORD }, ['samples', 'sheet']) as {
    readonly samples: readonly number[]
    readonly sheet: string
    readonly code?: string | null
  }
  const code = LABEL_CODES.find((each) => each === read.code)
  if (read.code && !code) throw invalidInput('code', `This must be one of ${LABEL_CODES.join(', ')}.`)
  return {
    samples: read.samples,
    sheet: read.sheet,
    ...(code ? { code } : {}),
    ...wholeIn('copies', copies),
    ...wholeIn('skip', skip),
  }
}

function wholeIn(name: 'copies' | 'skip', given: unknown): Readonly<Record<string, number>> {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'number' || !Number.isInteger(given))
    throw invalidInput(name, 'This must be a whole number.')
  return { [name]: given }
}
