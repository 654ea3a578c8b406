import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addDays, parseDay, startOfDay } from '../../../core/calendar.ts'
import { type Order, parseOrder } from '../../../core/query.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { addAnalyses } from '../../../modules/lims/add-analyses.ts'
import { changeRequest } from '../../../modules/lims/change-request.ts'
import { doTransition } from '../../../modules/lims/do-transition.ts'
import {
  ANALYSIS_STATES,
  REQUEST_STATES,
  WORKSHEET_STATES,
} from '../../../modules/lims/domain/workflow/states.ts'
import { enterResults, type ResultEntry } from '../../../modules/lims/enter-results.ts'
import { findByCode } from '../../../modules/lims/find-by-code.ts'
import { limsOverview } from '../../../modules/lims/lims-overview.ts'
import {
  findSamples,
  listSamples,
  type SampleFilter,
  type SampleView,
} from '../../../modules/lims/list-samples.ts'
import { planRegistration } from '../../../modules/lims/plan-registration.ts'
import { analysis } from '../../../modules/lims/records/analysis.ts'
import { registerSamples } from '../../../modules/lims/register-samples.ts'
import type { Calculations } from '../../../modules/lims/results/calculate-request.ts'
import { findRecords } from '../../../modules/records/list-records.ts'
import { type ById, idOf, objectBody, parametersOf } from '../records.ts'
import {
  type Body,
  ID,
  IDS,
  INSTANT,
  isObject,
  LIST,
  LONG,
  parseFields,
  WORD,
  YES_NO,
} from './parse-fields.ts'
import { parseNewSample } from './parse-new-sample.ts'
import { presentAnalyses } from './present-analyses.ts'
import { presentSample, presentSampleRow } from './present-samples.ts'
import { idList, numberIn, wordList } from './query-words.ts'
import type {
  WireEntered,
  WireFoundCode,
  WireLimsOverview,
  WireMoved,
  WireRegistered,
  WireRegistrationPlan,
  WireSample,
  WireSampleList,
  WireStates,
} from './samples.schema.ts'

/** What the pages of samples call. */
export function sampleRoutes(app: FastifyInstance, calculations: Calculations): void {
  listRoutes(app)
  app.post('/api/v1/lims/samples', async (request, reply): Promise<WireRegistered> => {
    const { samples } = objectBody(request)
    if (!Array.isArray(samples) || samples.length === 0)
      throw invalidInput('samples', 'This must be a list of samples.')
    const given = samples.map((each, index) => parseNewSample(each, samples.length > 1 ? `${index}.` : ''))
    const registered = await registerSamples(request.ctx, given)
    reply.code(201)
    return {
      items: registered.map(({ requestId, sampleId, request: made, sample }) => ({
        id: requestId,
        sampleId,
        objectId: made.objectId,
        sampleObjectId: sample.objectId,
      })),
    }
  })
  app.post(
    '/api/v1/lims/samples/plan',
    async (request): Promise<WireRegistrationPlan> =>
      presentPlan(await planRegistration(request.ctx, parseNewSample(objectBody(request).sample))),
  )
  app.patch<ById>('/api/v1/lims/samples/:id', async (request): Promise<WireSample> => {
    const { version, ...values } = objectBody(request)
    if (typeof version !== 'number') throw invalidInput('version', 'This is required: the version you read.')
    await changeRequest(request.ctx, idOf(request), parseFields(values, CHANGEABLE), version)
    return presentSample(request.ctx, await oneSample(request))
  })
  app.post<ById>('/api/v1/lims/samples/:id/analyses', async (request): Promise<WireSample> => {
    const { services } = parseFields(objectBody(request), { services: IDS }, ['services'])
    await addAnalyses(request.ctx, idOf(request), services as readonly number[])
    return presentSample(request.ctx, await oneSample(request))
  })
  app.post('/api/v1/lims/transitions', async (request): Promise<WireMoved> => transition(request))
  app.post('/api/v1/lims/results', async (request): Promise<WireEntered> => {
    const { entries } = objectBody(request)
    if (!Array.isArray(entries)) throw invalidInput('entries', 'This must be a list of entries.')
    const ids = await enterResults(
      request.ctx,
      calculations,
      entries.map((each, index) => parseEntry(each, index)),
    )
    return { analyses: await presentAnalyses(request.ctx, await findRecords(request.ctx, analysis, ids)) }
  })
}

const CHANGEABLE = {
  contact: ID,
  ccContact: IDS,
  ccEmails: LONG,
  batch: ID,
  subGroup: ID,
  priority: ID,
  clientOrderNumber: WORD,
  specification: ID,
  publicationSpecification: ID,
  resultsRange: LIST,
  reportDryMatter: YES_NO,
  invoiceExclude: YES_NO,
  remarks: LONG,
  resultsInterpretation: LONG,
  samplePoint: ID,
  storageLocation: ID,
  samplingDeviation: ID,
  sampleCondition: ID,
  environmentalConditions: WORD,
  dateSampled: INSTANT,
  sampler: WORD,
  scheduledSamplingSampler: WORD,
  adHoc: YES_NO,
  composite: YES_NO,
  clientReference: WORD,
  clientSampleId: WORD,
  samplingDate: INSTANT,
  sampleType: ID,
}

function listRoutes(app: FastifyInstance): void {
  app.get('/api/v1/lims/samples', async (request): Promise<WireSampleList> => {
    const parameters = parametersOf(request)
    const page = {
      limit: numberIn(parameters, 'limit', 50, 1, 500),
      offset: numberIn(parameters, 'offset', 0, 0, 10_000_000),
    }
    const { items, total } = await listSamples(request.ctx, filterOf(request, parameters), {
      ...page,
      order: [orderOf(parameters.get('order'))],
    })
    return { items: items.map((view) => presentSampleRow(request.ctx, view)), total, ...page }
  })
  app.get('/api/v1/lims/overview', async ({ ctx }): Promise<WireLimsOverview> => limsOverview(ctx))
  app.get(
    '/api/v1/lims/states',
    async (): Promise<WireStates> => ({
      sample: words(REQUEST_STATES),
      analysis: words(ANALYSIS_STATES),
      worksheet: words(WORKSHEET_STATES),
    }),
  )
  app.get(
    '/api/v1/lims/find',
    async (request): Promise<{ readonly found: WireFoundCode }> => ({
      found: await findByCode(request.ctx, parametersOf(request).get('code') ?? ''),
    }),
  )
  app.get<ById>(
    '/api/v1/lims/samples/:id',
    async (request): Promise<WireSample> => presentSample(request.ctx, await oneSample(request)),
  )
}

function words(states: Readonly<Record<string, string>>): WireStates['sample'] {
  return Object.entries(states).map(([state, title]) => ({ state, title }))
}

async function oneSample(request: FastifyRequest<ById>): Promise<SampleView> {
  const id = idOf(request)
  const [view] = await findSamples(request.ctx, [id])
  if (!view) throw new RefusedError({ kind: 'not-found', what: 'sample', id })
  return view
}

function filterOf({ ctx }: FastifyRequest, parameters: URLSearchParams): SampleFilter {
  const states = wordList(parameters, 'state')
  const clients = idList(parameters, 'client')
  const batches = idList(parameters, 'batch')
  const sampleTypes = idList(parameters, 'sampleType')
  const text = parameters.get('q')?.trim()
  const from = dayIn(parameters, 'from')
  const to = dayIn(parameters, 'to')
  const known = new Set<string>([...Object.keys(REQUEST_STATES), 'cancelled', 'late', 'unassigned'])
  if (states?.some((state) => !known.has(state)))
    throw invalidInput('state', `This must be one of ${[...known].join(', ')}.`)
  return {
    ...(states ? { states } : {}),
    ...(clients ? { clients } : {}),
    ...(batches ? { batches } : {}),
    ...(sampleTypes ? { sampleTypes } : {}),
    ...(text ? { text: text.slice(0, 200) } : {}),
    ...(from ? { from: startOfDay(from, ctx.zone) } : {}),
    ...(to ? { until: startOfDay(addDays(to, 1), ctx.zone) } : {}),
  }
}

function dayIn(parameters: URLSearchParams, name: string): ReturnType<typeof parseDay> {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  const day = parseDay(text)
  if (day === undefined) throw invalidInput(name, 'This must be a day such as 2026-11-21.')
  return day
}

/** Columns of the list, by the names of its lines. */
const ORDERS: Readonly<Record<string, string>> = {
  objectId: 'objectId',
  client: 'client.name',
  contact: 'contact.fullname',
  sampleType: 'sample.sampleType.title',
  samplePoint: 'sample.samplePoint.title',
  batch: 'batch.title',
  state: 'state',
  samplingDate: 'sample.samplingDate',
  dateReceived: 'dateReceived',
  dueDate: 'dueDate',
  datePublished: 'datePublished',
  registeredAt: 'createdAt',
  clientSampleId: 'sample.clientSampleId',
  priority: 'priority.sortKey',
}

function orderOf(given: string | null): Order {
  if (given === null || given === '') return parseOrder('-createdAt')
  const name = given.replace(/^-/, '')
  const path = Object.hasOwn(ORDERS, name) ? ORDERS[name] : undefined
  if (path === undefined)
    throw invalidInput('order', `This must be one of ${Object.keys(ORDERS).join(', ')}.`)
  return parseOrder(given.startsWith('-') ? `-${path}` : path)
}

function presentPlan({
  services,
  specification,
  price,
}: Awaited<ReturnType<typeof planRegistration>>): WireRegistrationPlan {
  return {
    services: services.map(({ row, category, price: each, because, range }) => ({
      id: row.id,
      keyword: String(row.keyword),
      title: String(row.title),
      category,
      price: each,
      because,
      range: range ?? null,
    })),
    specification: specification ? { id: specification.id, name: String(specification.title) } : null,
    price,
  }
}

const MOVED_RECORDS = new Set([
  'request',
  'sample',
  'partition',
  'analysis',
  'worksheet',
  'batch',
  'reference-sample',
])

async function transition(request: FastifyRequest): Promise<WireMoved> {
  const body = parseFields(
    objectBody(request),
    {
      objects: LIST,
      action: WORD,
      reason: LONG,
      reasons: (value) =>
        Array.isArray(value) && value.every((each) => typeof each === 'string')
          ? { value }
          : { problem: 'This must be a list of texts.' },
    },
    ['objects', 'action'],
  )
  const objects = (body.objects as readonly Body[]).map((each, index) => {
    const { record, id } = parseFields(each, { record: WORD, id: ID }, ['record', 'id'], `objects.${index}.`)
    if (!MOVED_RECORDS.has(String(record)))
      throw invalidInput(`objects.${index}.record`, `This must be one of ${[...MOVED_RECORDS].join(', ')}.`)
    return { record: `lims.${String(record)}`, id: Number(id) }
  })
  if (objects.length > 2000) throw invalidInput('objects', 'At most 2000 objects are moved at once.')
  const reason = typeof body.reason === 'string' ? { reason: body.reason } : {}
  const reasons = Array.isArray(body.reasons) ? { reasons: body.reasons as readonly string[] } : {}
  const action = String(body.action)
  if (NEED_REASON.has(action) && !reason.reason?.trim() && !body.reasons)
    throw invalidInput('reason', 'Say why.')
  return { born: await doTransition(request.ctx, objects, action, { ...reason, ...reasons }) }
}

/** Moves that a person explains. */
const NEED_REASON = new Set(['retract', 'retest', 'reject', 'retract_ar', 'invalidate', 'cancel'])

const ENTRY = {
  id: ID,
  version: ID,
  result: LONG,
  operand: WORD,
  interims: (value: unknown) => (isObject(value) ? { value } : { problem: 'This must be an object.' }),
  uncertainty: WORD,
  method: ID,
  instrument: ID,
  analyst: WORD,
  remarks: LONG,
  hidden: YES_NO,
}

function parseEntry(given: unknown, index: number): ResultEntry {
  const values = parseFields(given, ENTRY, ['id'], `entries.${index}.`)
  const { operand, interims, result } = values
  if (operand !== undefined && operand !== null && operand !== '<' && operand !== '>')
    throw invalidInput(`entries.${index}.operand`, 'This must be < or >.')
  const texts = isObject(interims)
    ? Object.fromEntries(Object.entries(interims).map(([keyword, value]) => [keyword, String(value ?? '')]))
    : undefined
  // every other field was read by its own reader
  return {
    ...values,
    ...(result === null ? { result: '' } : {}),
    ...(texts ? { interims: texts } : {}),
  } as ResultEntry
}
