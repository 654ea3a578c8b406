import { asSystem, type Context } from '../src/context.ts'
import { doTransition } from '../src/modules/lims/do-transition.ts'
import { enterResults } from '../src/modules/lims/enter-results.ts'
import { listSamples } from '../src/modules/lims/list-samples.ts'
import { analysis } from '../src/modules/lims/records/analysis.ts'
import { category } from '../src/modules/lims/records/category.ts'
import { client } from '../src/modules/lims/records/client.ts'
import { contact } from '../src/modules/lims/records/contact.ts'
import { department } from '../src/modules/lims/records/department.ts'
import { request } from '../src/modules/lims/records/request.ts'
import { sampleType } from '../src/modules/lims/records/sample-type.ts'
import { service } from '../src/modules/lims/records/service.ts'
import { type RegisteredSample, registerSamples } from '../src/modules/lims/register-samples.ts'
import { createWorksheet } from '../src/modules/lims/worksheets/create-worksheet.ts'
import { findWorksheet } from '../src/modules/lims/worksheets/view-worksheets.ts'
import { createRecord } from '../src/modules/records/save-record.ts'
import { fold } from '../src/platform/database/fold.ts'
import { insertMany } from '../src/platform/database/insert-many.ts'
import { openBenchSite } from './large-site.ts'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'

const SERVICES = 200
const CLIENTS = 50
const MANY = 100_000
const DAY_MS = 86_400_000
const NO_CALCULATIONS = { evaluate: () => Promise.reject(new Error('nothing is calculated here')) }

type Lab = {
  readonly ctx: Context
  readonly services: readonly number[]
  readonly clients: readonly number[]
  readonly contacts: readonly number[]
  readonly sampleType: number
}

/** The budgets of the laboratory: registering, lists of 100 000 samples, worksheets, verification of many results. */
export async function measureLims(kind: 'sqlite' | 'postgres'): Promise<Row[]> {
  const { site, remove } = await openBenchSite(kind)
  try {
    const lab = await makeLab(asSystem(site.base, 'bench'))
    const rows = [await registering(lab), await worksheetOf96(lab), await verifying500(lab)]
    await fill(lab)
    await site.base.database.optimize()
    return [...rows, await listing(lab)].map((row) => ({ ...row, what: `${row.what} (${kind})` }))
  } finally {
    await remove()
  }
}

async function makeLab(ctx: Context): Promise<Lab> {
  const { id: departmentId } = await createRecord(ctx, department, { title: 'Chemistry' })
  const { id: categoryId } = await createRecord(ctx, category, { title: 'Metals', department: departmentId })
  const services: number[] = []
  for (let index = 0; index < SERVICES; index++)
    services.push(
      (
        await createRecord(ctx, service, {
          title: `Service ${index}`,
          keyword: `S${index}`,
          category: categoryId,
        })
      ).id,
    )
  const clients: number[] = []
  const contacts: number[] = []
  for (let index = 0; index < CLIENTS; index++) {
    const { id } = await createRecord(ctx, client, { name: `Client ${index}`, clientId: `C${index}` })
    clients.push(id)
    contacts.push(
      (await createRecord(ctx, contact, { client: id, firstname: 'Ada', surname: `Contact ${index}` })).id,
    )
  }
  const { id } = await createRecord(ctx, sampleType, { title: 'Water', prefix: 'W', minimumVolume: '1 l' })
  return { ctx, services, clients, contacts, sampleType: id }
}

function register(
  { ctx, clients, contacts, sampleType: type, services }: Lab,
  count: number,
  each: number,
): Promise<readonly RegisteredSample[]> {
  const given = {
    client: clients[0] ?? 0,
    contact: contacts[0] ?? 0,
    sampleType: type,
    samplingDate: new Date(),
    services: services.slice(0, each),
  }
  return registerSamples(
    ctx,
    Array.from({ length: count }, () => given),
  )
}

async function timed(runs: number, run: (index: number) => Promise<unknown>): Promise<number[]> {
  const durations: number[] = []
  for (let index = 0; index < runs; index++) {
    const started = performance.now()
    await run(index)
    durations.push(performance.now() - started)
  }
  return durations
}

function rowOf(what: string, budget: string, durations: readonly number[]): Row {
  const { median, p95, max } = summarise(durations)
  return { what, budget, measured: `median ${median} ms, p95 ${p95} ms, max ${max} ms` }
}

async function registering(lab: Lab): Promise<Row> {
  return rowOf(
    'register one sample with 200 analyses',
    '< 1000 ms',
    await timed(10, () => register(lab, 1, SERVICES)),
  )
}

async function receive(lab: Lab, made: readonly RegisteredSample[]): Promise<void> {
  await doTransition(
    lab.ctx,
    made.map(({ requestId }) => ({ record: request.name, id: requestId })),
    'receive',
  )
}

async function worksheetOf96(lab: Lab): Promise<Row> {
  const made = await register(lab, 96, 4)
  await receive(lab, made)
  const id = await createWorksheet(lab.ctx, {
    analyst: 'ana',
    analyses: made.flatMap(({ analyses }) => analyses.map((each) => each.id)),
  })
  return rowOf(
    'open a worksheet of 96 positions',
    '< 300 ms',
    await timed(10, () => findWorksheet(lab.ctx, id)),
  )
}

async function verifying500(lab: Lab): Promise<Row> {
  const durations: number[] = []
  for (let round = 0; round < 3; round++) {
    const made = await register(lab, 50, 10)
    await receive(lab, made)
    const ids = made.flatMap(({ analyses }) => analyses.map((each) => each.id))
    const objects = ids.map((id) => ({ record: analysis.name, id }))
    await enterResults(
      lab.ctx,
      NO_CALCULATIONS,
      ids.map((id) => ({ id, result: '5' })),
    )
    await doTransition(lab.ctx, objects, 'submit')
    durations.push(
      ...(await timed(1, () =>
        doTransition({ ...lab.ctx, actor: { kind: 'system', name: 'second' } }, objects, 'verify'),
      )),
    )
  }
  return rowOf('verify 500 results in one action', '< 1000 ms', durations)
}

const STATES = [
  'sample_due',
  'sample_received',
  'to_be_verified',
  'verified',
  'published',
  'published',
  'published',
  'published',
]

/** Samples with their requests, without analyses: what lists read. */
async function fill({ ctx, clients, contacts, sampleType: type }: Lab): Promise<void> {
  const now = ctx.now()
  const stamps = { created_at: now, modified_at: now }
  const common = (index: number, suffix: string) => {
    const id = `L-${String(index).padStart(6, '0')}${suffix}`
    return {
      uid: `${suffix === '' ? 'a' : 'b'}${String(index).padStart(31, '0')}`,
      object_id: id,
      object_id_folded: fold(id),
      path: `/bench/${id}`,
      client_id: clients[index % clients.length] ?? 0,
      ...stamps,
    }
  }
  type Rows = Record<string, Record<string, unknown>>
  await ctx.database.transaction(async (db) => {
    const tables = db.withTables<Rows>()
    const indexes = Array.from({ length: MANY }, (_, index) => index)
    await insertMany(
      tables,
      'lims_sample',
      indexes.map((index) => ({
        id: 1_000_000 + index,
        ...common(index, ''),
        sample_type_id: type,
        state: 'sample_received',
        rejection_reasons: '[]',
      })),
    )
    await insertMany(
      tables,
      'lims_request',
      indexes.map((index) => ({
        id: 1_000_000 + index,
        ...common(index, '-R01'),
        contact_id: contacts[index % contacts.length] ?? 0,
        sample_id: 1_000_000 + index,
        state: STATES[index % STATES.length] ?? 'published',
        date_received: new Date(now.getTime() - (index % 1000) * DAY_MS),
        results_range: '[]',
        rejection_reasons: '[]',
        results_interpretation_depts: '[]',
        analysis_services_settings: '[]',
      })),
    )
  })
}

async function listing({ ctx, clients }: Lab): Promise<Row> {
  const order = [{ path: ['dateReceived'], direction: 'desc' }] as const
  const durations = await timed(40, (index) =>
    listSamples(
      ctx,
      {
        states: ['published'],
        clients: [clients[index % clients.length] ?? 0],
        from: new Date(ctx.now().getTime() - 400 * DAY_MS),
        until: ctx.now(),
      },
      { order, limit: 100, offset: 0 },
    ),
  )
  return rowOf('100 of 100 000 samples by state, client and date', 'p95 < 30 ms', durations.slice(5))
}
