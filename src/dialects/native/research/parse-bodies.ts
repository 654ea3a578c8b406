import { toDay } from '../../../core/calendar.ts'
import type { Quantity } from '../../../core/quantity/quantity.ts'
import { parseUnit } from '../../../core/quantity/unit.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { SampleChange } from '../../../modules/research/change-sample.ts'
import { isJsonObject, isShallow, type JsonObject } from '../../../modules/research/domain/json-value.ts'
import { readStoredQuantity } from '../../../modules/research/domain/stored-quantity.ts'
import type { ExperimentEnd, NewExperiment } from '../../../modules/research/record-experiment.ts'
import type { Sample } from '../../../modules/research/records/sample.ts'
import type { NewSample } from '../../../modules/research/register-sample.ts'
import { optionalText, requiredText } from '../body-fields.ts'

export type Body = Readonly<Record<string, unknown>>

const DEEPEST = 20
const MOST_ENDS = 500

export function requiredId(body: Body, field: string): number {
  const id = optionalId(body, field)
  if (id === undefined || id === null) throw invalidInput(field, 'This is required.')
  return id
}

/** undefined where it is not there */
export function optionalId(body: Body, field: string): number | null | undefined {
  const value = Object.hasOwn(body, field) ? body[field] : undefined
  if (value === undefined || value === null) return value
  if (!Number.isSafeInteger(value) || Number(value) < 1)
    throw invalidInput(field, 'This must be a whole number.')
  return Number(value)
}

export function requiredDay(body: Body, field: string): string {
  const text = requiredText(body, field, 10)
  const day = /^\d{4}-\d\d-\d\d$/.test(text) && !text.startsWith('0000') ? toDay(text) : null
  if (day === null) throw invalidInput(field, 'This must be a day such as 2026-11-21.')
  return day
}

export function requiredInfo(body: Body): JsonObject {
  const info = Object.hasOwn(body, 'info') ? body.info : undefined
  if (!isJsonObject(info) || !isShallow(info, DEEPEST))
    throw invalidInput('info', 'This must be a JSON object.')
  if (JSON.stringify(info).length > 2 ** 20) throw invalidInput('info', 'This may have 1 MiB at most.')
  return info
}

/** undefined where it is not there */
export function optionalQuantity(body: Body, field: string): Quantity | null | undefined {
  const value = Object.hasOwn(body, field) ? body[field] : undefined
  if (value === undefined || value === null) return value
  const quantity = readStoredQuantity(value)
  if (!quantity) throw invalidInput(field, 'This must be a quantity with value and unit.')
  if (!parseUnit(quantity.unit)) throw invalidInput(field, `Unit "${quantity.unit}" is unknown.`)
  return quantity
}

const STATES: readonly Sample['state'][] = ['draft', 'active', 'consumed', 'archived']

function optionalState(body: Body): Sample['state'] | undefined {
  const given = Object.hasOwn(body, 'state') ? body.state : undefined
  if (given === undefined) return undefined
  const state = STATES.find((each) => each === given)
  if (!state) throw invalidInput('state', `This must be one of ${STATES.join(', ')}.`)
  return state
}

export function parseNewSample(body: Body): NewSample {
  const state = optionalState(body)
  const info = requiredInfo(body)
  return {
    sampleId: requiredText(body, 'sampleId', 40).trim(),
    name: requiredText(body, 'name', 255).trim(),
    dateCreated: requiredDay(body, 'dateCreated'),
    instituteId: requiredId(body, 'instituteId'),
    projectId: requiredId(body, 'projectId'),
    sampleTypeId: requiredId(body, 'sampleTypeId'),
    methodId: optionalId(body, 'methodId') ?? null,
    parentId: optionalId(body, 'parentId') ?? null,
    info,
    location: optionalText(body, 'location', 255) ?? null,
    amount: optionalQuantity(body, 'amount') ?? null,
    ...(state === undefined ? {} : { state }),
  }
}

/** Only what is there is changed. */
export function parseSampleChange(body: Body): SampleChange {
  const has = (field: string) => Object.hasOwn(body, field) && body[field] !== undefined
  const state = optionalState(body)
  return {
    ...(has('name') ? { name: requiredText(body, 'name', 255).trim() } : {}),
    ...(has('dateCreated') ? { dateCreated: requiredDay(body, 'dateCreated') } : {}),
    ...(has('instituteId') ? { instituteId: requiredId(body, 'instituteId') } : {}),
    ...(has('projectId') ? { projectId: requiredId(body, 'projectId') } : {}),
    ...(has('sampleTypeId') ? { sampleTypeId: requiredId(body, 'sampleTypeId') } : {}),
    ...(has('methodId') ? { methodId: optionalId(body, 'methodId') ?? null } : {}),
    ...(has('parentId') ? { parentId: optionalId(body, 'parentId') ?? null } : {}),
    ...(has('info') ? { info: requiredInfo(body) } : {}),
    ...(has('location') ? { location: optionalText(body, 'location', 255) ?? null } : {}),
    ...(has('amount') ? { amount: optionalQuantity(body, 'amount') ?? null } : {}),
    ...(state === undefined ? {} : { state }),
  }
}

/** Samples that go into a step or come out of it. */
export function parseEnds(body: Body, field: string): readonly ExperimentEnd[] | undefined {
  const given = Object.hasOwn(body, field) ? body[field] : undefined
  if (given === undefined || given === null) return undefined
  if (!Array.isArray(given) || given.length > MOST_ENDS)
    throw invalidInput(field, `This must be a list of ${MOST_ENDS} at most.`)
  return given.map((each) => {
    if (!isJsonObject(each)) throw invalidInput(field, 'This must be a list of objects.')
    return {
      sampleId: requiredId(each, 'sampleId'),
      amount: optionalQuantity(each, 'amount') ?? null,
      consumed: each.consumed === true,
    }
  })
}

export function parseExperiment(body: Body, mode: 'new'): NewExperiment
export function parseExperiment(body: Body, mode: 'change'): Partial<NewExperiment>
export function parseExperiment(body: Body, mode: 'new' | 'change'): Partial<NewExperiment> {
  const has = (field: string) => mode === 'new' || (Object.hasOwn(body, field) && body[field] !== undefined)
  const inputs = parseEnds(body, 'inputs')
  const outputs = parseEnds(body, 'outputs')
  const equipmentIds = optionalIds(body, 'equipmentIds')
  return {
    ...(has('name') ? { name: requiredText(body, 'name', 255).trim() } : {}),
    ...(has('dateCreated') ? { dateCreated: requiredDay(body, 'dateCreated') } : {}),
    ...(has('sampleId') ? { sampleId: requiredId(body, 'sampleId') } : {}),
    ...(has('methodId') ? { methodId: requiredId(body, 'methodId') } : {}),
    ...(has('staffId') ? { staffId: requiredId(body, 'staffId') } : {}),
    ...(has('projectId') ? { projectId: requiredId(body, 'projectId') } : {}),
    ...(has('notes') ? { notes: optionalText(body, 'notes', 100_000) ?? null } : {}),
    ...(equipmentIds ? { equipmentIds } : {}),
    ...(inputs ? { inputs } : {}),
    ...(outputs ? { outputs } : {}),
  }
}

function optionalIds(body: Body, field: string): readonly number[] | undefined {
  const given = Object.hasOwn(body, field) ? body[field] : undefined
  if (given === undefined || given === null) return undefined
  const isList =
    Array.isArray(given) && given.length <= 100 && given.every((id) => Number.isSafeInteger(id) && id > 0)
  if (!isList) throw invalidInput(field, 'This must be a list of ids.')
  return given.map(Number)
}
