import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { all, compare, EVERYTHING, equals } from '../../core/query.ts'
import type { RecordType } from '../../core/record.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { listRecords } from '../records/list-records.ts'
import { findCircle, namesIn, problemsOfNames } from './domain/formula.ts'
import type { Interim } from './domain/service-snapshot.ts'
import {
  problemsOfInterims,
  problemsOfOptions,
  problemsOfRanges,
  problemsOfReferenceResults,
  problemsOfUncertainties,
} from './domain/setup-rules.ts'
import { calculation } from './records/calculation.ts'
import { SEES_ALL_CLIENTS } from './records/object-fields.ts'
import { service } from './records/service.ts'

type Values = Readonly<Record<string, unknown>>
type Check = (tx: Context, values: Values, before: AnyRow | undefined) => Promise<Values>

/** What must hold across the fields or rows of a record's set-up (specification 2.5); absent where nothing must. */
export function setupChecks(record: RecordType): Check | undefined {
  const checks: Check[] = []
  if ('surname' in record.fields) checks.push(async (_tx, values, before) => nameInFull(values, before))
  const own = OF_RECORD[record.name]
  if (own) checks.push(own)
  if (OWNED_BY_CLIENTS.has(record.name)) checks.push(requireOwnClient)
  if (checks.length === 0) return undefined
  return async (tx, values, before) => {
    let checked = values
    for (const check of checks) checked = await check(tx, checked, before)
    return checked
  }
}

const OWNED_BY_CLIENTS = new Set([
  'lims.profile',
  'lims.template',
  'lims.specification',
  'lims.sample-point',
  'lims.batch',
])

const OF_RECORD: Readonly<Record<string, Check>> = {
  'lims.service': checkService,
  'lims.calculation': checkCalculation,
  'lims.specification': async (_tx, values) => refuse(values, problemsOfRanges(values.resultsRange)),
  'lims.reference-definition': async (_tx, values) =>
    refuse(values, problemsOfReferenceResults(values.referenceResults)),
  'lims.reference-sample': async (_tx, values) =>
    refuse(values, problemsOfReferenceResults(values.referenceResults)),
  'lims.container': async (_tx, values, before) => {
    const { prePreserved, preservation } = { ...before, ...values }
    return refuse(
      values,
      prePreserved === true && !preservation
        ? [
            {
              field: 'preservation',
              problem: 'Validation failed: PrePreserved containers must have a preservation selected.',
            },
          ]
        : [],
    )
  },
  'lims.certification': async (_tx, values, before) => {
    const { validFrom, validTo } = { ...before, ...values }
    const wrong = validFrom instanceof Date && validTo instanceof Date && validTo <= validFrom
    return refuse(
      values,
      wrong
        ? [{ field: 'validTo', problem: 'Expiration date must be after the date from which it is valid.' }]
        : [],
    )
  },
}

function refuse(values: Values, problems: readonly FieldProblem[]): Values {
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return values
}

function nameInFull(values: Values, before: AnyRow | undefined): Values {
  const { firstname, middleinitial, surname } = { ...before, ...values }
  const initial =
    typeof middleinitial === 'string' && middleinitial !== '' ? `${middleinitial.replace(/\.$/, '')}.` : ''
  const fullname = [firstname, initial, surname]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
  return { ...values, fullname }
}

/** Whoever sees only some clients makes set-up for these alone, and leaves the laboratory's as it is. */
async function requireOwnClient(tx: Context, values: Values, before: AnyRow | undefined): Promise<Values> {
  if (hasPermission(tx.actor, SEES_ALL_CLIENTS)) return values
  const { client } = { ...before, ...values }
  if (!client || (before && !before.client)) throw invalidInput('client', 'This is required.')
  return values
}

async function checkService(tx: Context, values: Values, before: AnyRow | undefined): Promise<Values> {
  refuse(values, [
    ...problemsOfUncertainties(values.uncertainties),
    ...problemsOfOptions(values.resultOptions),
    ...problemsOfInterims(values.interimFields),
  ])
  const { keyword } = { ...before, ...values }
  const calculations = await rowsOf(tx, calculation)
  const clash = calculations.find((row) => interimsOf(row).some((interim) => interim.keyword === keyword))
  if (clash && keyword !== before?.keyword)
    throw invalidInput(
      'keyword',
      `Validation failed: '${String(values.title ?? before?.title)}': This keyword is already in use by calculation '${String(clash.title)}'`,
    )
  if ('calculation' in values || before === undefined)
    await refuseCircles(tx, { ...before, ...values, id: before?.id ?? 0 }, undefined)
  return values
}

async function checkCalculation(tx: Context, values: Values, before: AnyRow | undefined): Promise<Values> {
  const merged = { ...before, ...values }
  const services = await rowsOf(tx, service)
  const interims = new Set(interimsOf(merged).map(({ keyword }) => keyword))
  const byKeyword = new Map(services.map((row) => [String(row.keyword), row]))
  const formula = String(merged.formula ?? '')
  refuse(values, [
    ...problemsOfInterims(merged.interimFields),
    ...[...interims]
      .filter((keyword) => byKeyword.has(keyword))
      .map((keyword) => ({
        field: 'interimFields',
        problem: `Validation failed: keyword '${keyword}' is the keyword of a service`,
      })),
    ...problemsOfNames(formula, new Set(byKeyword.keys()), interims),
  ])
  const dependentServices = [
    ...new Set(namesIn(formula).flatMap(({ keyword }) => byKeyword.get(keyword)?.id ?? [])),
  ]
  if (before) await refuseCircles(tx, undefined, { ...merged, id: before.id, formula })
  return { ...values, dependentServices }
}

/** Refuses set-up in which a result would be calculated from itself. */
async function refuseCircles(
  tx: Context,
  changedService: Values | undefined,
  changedCalculation: Values | undefined,
): Promise<void> {
  const replaced = (rows: readonly Values[], changed: Values | undefined) =>
    changed ? [...rows.filter(({ id }) => id !== changed.id), changed] : rows
  const calculations = new Map(
    replaced(await rowsOf(tx, calculation), changedCalculation).map((row) => [row.id, row]),
  )
  const needs = new Map(
    replaced(await rowsOf(tx, service), changedService).map((row) => {
      const used = calculations.get(row.calculation)
      return [String(row.keyword), used ? namesIn(String(used.formula)).map(({ keyword }) => keyword) : []]
    }),
  )
  const circle = findCircle(needs)
  if (circle)
    throw invalidInput(
      changedCalculation ? 'formula' : 'calculation',
      `Validation failed: this is calculated from itself: ${circle.join(' → ')}`,
    )
}

function interimsOf(row: Values): readonly Interim[] {
  // checked when it was saved
  return Array.isArray(row.interimFields) ? (row.interimFields as readonly Interim[]) : []
}

/** More set-up than any laboratory has. */
const MOST = 20_000

async function rowsOf(tx: Context, record: RecordType): Promise<readonly AnyRow[]> {
  const query = { where: EVERYTHING, order: [], limit: MOST, offset: 0 }
  return (await listRecords(tx, record, query, { total: 'none', relations: 'none' })).rows
}

/** What else refuses that something is taken out of use, or back into it (specification 3.8). */
export async function checkUse(
  tx: Context,
  record: RecordType,
  after: AnyRow,
  before: AnyRow,
): Promise<void> {
  const retired = after.retiredAt !== null && before.retiredAt === null
  const field =
    record.name === 'lims.calculation'
      ? 'calculation'
      : record.name === 'lims.category'
        ? 'category'
        : undefined
  if (!retired || !field) return
  const where = all(equals(field, after.id), compare('retiredAt', 'isnull', true))
  const { rows } = await listRecords(
    tx,
    service,
    { where, order: [], limit: 20, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  if (rows.length === 0) return
  const titles = rows.map(({ title }) => String(title)).join(', ')
  throw new RefusedError({
    kind: 'conflict',
    reason: `Cannot deactivate ${field}, because it is in use by the following services: ${titles}`,
  })
}
