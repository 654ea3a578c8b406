import { type Endpoint, TEXT, WHOLE, wire } from './openapi-shapes.ts'

/** Labels and worksheets of the laboratory on paper. */
export const LIMS_PRINTING_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/lims/label-sheets': {
    summary: 'Label sheets and rolls that can be printed on',
    answer: wire('lims.LabelSheets'),
  },
  'POST /api/v1/lims/labels': {
    summary: 'Labels of samples as a PDF',
    body: {
      samples: { type: 'array', items: WHOLE },
      sheet: TEXT,
      'code?': { enum: ['qr', 'datamatrix', 'code128'] },
      'copies?': WHOLE,
      'skip?': WHOLE,
    },
    file: 'application/pdf',
  },
  'GET /api/v1/lims/worksheets/{id}/print': {
    summary: 'A worksheet to take to the bench, as a PDF',
    file: 'application/pdf',
  },
}
