import { type Endpoint, wire } from './openapi-shapes.ts'

/** Blanks, controls and duplicates of the laboratory. */
export const QUALITY_CONTROL_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/lims/worksheets/{id}/quality-control': {
    summary: 'What the blanks, controls and duplicates of a worksheet say now',
    answer: wire('lims.JudgedControlList'),
  },
  'GET /api/v1/lims/reference-samples/{id}/chart': {
    summary: 'The control chart of reference material for one service',
    query: { service: 'Id of the service.' },
    answer: wire('lims.ReferenceChart'),
  },
}
