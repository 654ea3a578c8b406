import { type Endpoint, object, type Schema, TEXT, WHOLE, wire } from './openapi-shapes.ts'

const IDS: Schema = { type: 'array', items: WHOLE }
const PAGE = { limit: 'Items at most.', offset: 'Items to pass over.' }
const SHEET = wire('lims.Worksheet')

function list(item: Schema): Schema {
  return { type: 'array', items: item }
}

/** What the pages of the laboratory call besides the records. */
export const LIMS_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/v1/lims/samples': {
    summary: 'One page of samples',
    query: {
      state: 'States by commas, and cancelled, late, unassigned.',
      client: 'Ids by commas.',
      batch: 'Ids by commas.',
      sampleType: 'Ids by commas.',
      q: 'Words in identifiers, references and names of clients.',
      from: 'First day of reception, or of registration before it.',
      to: 'Last day.',
      order: 'A column, `-` before it for descending.',
      ...PAGE,
    },
    answer: wire('lims.SampleList'),
  },
  'POST /api/v1/lims/samples': {
    summary: 'Register samples: all of them or none',
    body: { samples: list(wire('lims.NewSample')) },
    answer: wire('lims.Registered'),
    status: 201,
  },
  'POST /api/v1/lims/samples/plan': {
    summary: 'What registering a sample would make, and what it would cost; stores nothing',
    body: { sample: wire('lims.NewSample') },
    answer: wire('lims.RegistrationPlan'),
  },
  'GET /api/v1/lims/samples/{id}': { summary: 'A sample with everything in it', answer: wire('lims.Sample') },
  'PATCH /api/v1/lims/samples/{id}': {
    summary: 'Change facts of a sample',
    body: { version: WHOLE },
    answer: wire('lims.Sample'),
  },
  'POST /api/v1/lims/samples/{id}/analyses': {
    summary: 'Add analyses to a sample, with those that they are calculated from',
    body: { services: IDS },
    answer: wire('lims.Sample'),
  },
  'GET /api/v1/lims/overview': {
    summary: 'How many samples and worksheets there are in each state',
    answer: wire('lims.LimsOverview'),
  },
  'GET /api/v1/lims/states': { summary: 'Words of all states', answer: wire('lims.States') },
  'GET /api/v1/lims/find': {
    summary: 'What a scanned code means',
    query: { code: 'An identifier, alone or at the end of an address.' },
    answer: object({ found: wire('lims.FoundCode') }),
  },
  'POST /api/v1/lims/transitions': {
    summary: 'Move objects through their workflows: all of them or none',
    body: {
      objects: list(object({ record: TEXT, id: WHOLE })),
      action: TEXT,
      'reason?': TEXT,
      'reasons?': list(TEXT),
    },
    answer: wire('lims.Moved'),
  },
  'POST /api/v1/lims/results': {
    summary: 'Enter results, and calculate what depends on them',
    body: { entries: list(wire('lims.ResultEntry')) },
    answer: wire('lims.Entered'),
  },
  'GET /api/v1/lims/worksheets': {
    summary: 'One page of worksheets',
    query: {
      state: 'States by commas.',
      analyst: 'A user name, or me.',
      q: 'Words.',
      order: 'A column.',
      ...PAGE,
    },
    answer: wire('lims.WorksheetList'),
  },
  'POST /api/v1/lims/worksheets': {
    summary: 'Make a worksheet, filled by a template or with analyses',
    body: {
      'analyst?': TEXT,
      'template?': WHOLE,
      'instrument?': WHOLE,
      'method?': WHOLE,
      'analyses?': IDS,
      'client?': WHOLE,
    },
    answer: SHEET,
    status: 201,
  },
  'GET /api/v1/lims/worksheets/{id}': { summary: 'A worksheet with its positions', answer: SHEET },
  'PATCH /api/v1/lims/worksheets/{id}': {
    summary: 'Change analyst, instrument, method or remarks',
    body: {
      'analyst?': TEXT,
      'instrument?': WHOLE,
      'method?': WHOLE,
      'remarks?': TEXT,
      'resultsLayout?': TEXT,
    },
    answer: SHEET,
  },
  'POST /api/v1/lims/worksheets/{id}/analyses': {
    summary: 'Put analyses on a worksheet',
    body: { analyses: IDS },
    answer: SHEET,
  },
  'POST /api/v1/lims/worksheets/{id}/remove-analyses': {
    summary: 'Take analyses off a worksheet',
    body: { analyses: IDS },
    answer: SHEET,
  },
  'POST /api/v1/lims/worksheets/{id}/template': {
    summary: 'Fill the free positions by a template',
    body: { template: WHOLE, 'client?': WHOLE },
    answer: SHEET,
  },
  'POST /api/v1/lims/worksheets/{id}/controls': {
    summary: 'Put a blank or a control on a worksheet',
    body: { referenceSample: WHOLE, 'services?': IDS, 'position?': WHOLE },
    answer: SHEET,
  },
  'POST /api/v1/lims/worksheets/{id}/duplicates': {
    summary: 'Repeat a position',
    body: { of: WHOLE, 'position?': WHOLE },
    answer: SHEET,
  },
  'GET /api/v1/lims/pool': {
    summary: 'Samples with analyses that wait for a worksheet, the most urgent first',
    query: {
      service: 'Ids by commas.',
      client: 'Ids by commas.',
      category: 'Ids by commas.',
      q: 'Words.',
      ...PAGE,
    },
    answer: wire('lims.Pool'),
  },
}
