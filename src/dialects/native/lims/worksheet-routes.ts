import type { FastifyInstance, FastifyRequest } from 'fastify'
import { inTransaction } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { changeLiving } from '../../../modules/lims/change-request.ts'
import { worksheet } from '../../../modules/lims/records/worksheet.ts'
import { addControl, addDuplicate } from '../../../modules/lims/worksheets/add-controls.ts'
import { addToWorksheet, removeFromWorksheet } from '../../../modules/lims/worksheets/change-worksheet.ts'
import {
  applyTemplate,
  createWorksheet,
  type NewWorksheet,
  spread,
} from '../../../modules/lims/worksheets/create-worksheet.ts'
import { findWorksheet, listPool, listWorksheets } from '../../../modules/lims/worksheets/view-worksheets.ts'
import { type ById, idOf, objectBody, parametersOf } from '../records.ts'
import { ID, IDS, LONG, parseFields, WORD } from './parse-fields.ts'
import { presentPool, presentWorksheet, presentWorksheetRow } from './present-worksheets.ts'
import { idList, numberIn, wordList } from './query-words.ts'
import type { WirePool, WireWorksheet, WireWorksheetList } from './worksheets.schema.ts'

/** What the pages of worksheets call. */
export function worksheetRoutes(app: FastifyInstance): void {
  app.get('/api/v1/lims/worksheets', async (request): Promise<WireWorksheetList> => {
    const parameters = parametersOf(request)
    const page = {
      limit: numberIn(parameters, 'limit', 50, 1, 500),
      offset: numberIn(parameters, 'offset', 0, 0, 10_000_000),
    }
    const { items, total } = await listWorksheets(request.ctx, {
      states: wordList(parameters, 'state'),
      analyst: parameters.get('analyst') || undefined,
      text: parameters.get('q')?.trim().slice(0, 200) || undefined,
      order: parameters.get('order') || undefined,
      ...page,
    })
    return { items: items.map(presentWorksheetRow), total, ...page }
  })
  app.get('/api/v1/lims/pool', async (request): Promise<WirePool> => {
    const parameters = parametersOf(request)
    const page = {
      limit: numberIn(parameters, 'limit', 50, 1, 500),
      offset: numberIn(parameters, 'offset', 0, 0, 10_000_000),
    }
    const pool = await listPool(request.ctx, {
      services: idList(parameters, 'service'),
      clients: idList(parameters, 'client'),
      categories: idList(parameters, 'category'),
      text: parameters.get('q')?.trim().slice(0, 200) || undefined,
      ...page,
    })
    return { ...presentPool(pool), ...page }
  })
  app.get<ById>('/api/v1/lims/worksheets/:id', present)
  app.post('/api/v1/lims/worksheets', async (request, reply): Promise<WireWorksheet> => {
    const given = parseFields(objectBody(request), {
      analyst: WORD,
      template: ID,
      instrument: ID,
      method: ID,
      analyses: IDS,
      client: ID,
    })
    // read field by field
    const id = await createWorksheet(request.ctx, given as NewWorksheet)
    reply.code(201)
    return presentWorksheet(request.ctx, await findWorksheet(request.ctx, id))
  })
  changeRoutes(app)
}

async function present(request: FastifyRequest<ById>): Promise<WireWorksheet> {
  return presentWorksheet(request.ctx, await findWorksheet(request.ctx, idOf(request)))
}

function changeRoutes(app: FastifyInstance): void {
  app.patch<ById>('/api/v1/lims/worksheets/:id', async (request): Promise<WireWorksheet> => {
    const { resultsLayout, ...rest } = objectBody(request)
    const values = parseFields(rest, { analyst: WORD, instrument: ID, method: ID, remarks: LONG })
    if (resultsLayout !== undefined && resultsLayout !== '1' && resultsLayout !== '2')
      throw invalidInput('resultsLayout', 'This must be 1 or 2.')
    await inTransaction(request.ctx, async (tx) => {
      await changeLiving(tx, worksheet, idOf(request), {
        ...values,
        ...(resultsLayout === undefined ? {} : { resultsLayout }),
      })
      await spread(tx, idOf(request), values as Pick<NewWorksheet, 'analyst' | 'instrument' | 'method'>)
    })
    return present(request)
  })
  app.post<ById>('/api/v1/lims/worksheets/:id/analyses', async (request): Promise<WireWorksheet> => {
    const { analyses } = parseFields(objectBody(request), { analyses: IDS }, ['analyses'])
    await addToWorksheet(request.ctx, idOf(request), analyses as readonly number[])
    return present(request)
  })
  app.post<ById>('/api/v1/lims/worksheets/:id/remove-analyses', async (request): Promise<WireWorksheet> => {
    const { analyses } = parseFields(objectBody(request), { analyses: IDS }, ['analyses'])
    await removeFromWorksheet(request.ctx, idOf(request), analyses as readonly number[])
    return present(request)
  })
  app.post<ById>('/api/v1/lims/worksheets/:id/template', async (request): Promise<WireWorksheet> => {
    const { template, client } = parseFields(objectBody(request), { template: ID, client: ID }, ['template'])
    await applyTemplate(
      request.ctx,
      idOf(request),
      Number(template),
      typeof client === 'number' ? client : undefined,
    )
    return present(request)
  })
  app.post<ById>('/api/v1/lims/worksheets/:id/controls', async (request): Promise<WireWorksheet> => {
    const { referenceSample, services, position } = parseFields(
      objectBody(request),
      { referenceSample: ID, services: IDS, position: ID },
      ['referenceSample'],
    )
    await addControl(request.ctx, idOf(request), {
      referenceSample: Number(referenceSample),
      services: Array.isArray(services) ? services : undefined,
      position: typeof position === 'number' ? position : undefined,
    })
    return present(request)
  })
  app.post<ById>('/api/v1/lims/worksheets/:id/duplicates', async (request): Promise<WireWorksheet> => {
    const { of, position } = parseFields(objectBody(request), { of: ID, position: ID }, ['of'])
    await addDuplicate(request.ctx, idOf(request), {
      of: Number(of),
      position: typeof position === 'number' ? position : undefined,
    })
    return present(request)
  })
}
