import { invalidInput } from '../../../core/refusal.ts'
import type { WantedRow } from '../../../modules/machine-qa/service/save-rows.ts'
import type { ServiceEventForm } from '../../../modules/machine-qa/service/save-service-event.ts'
import { optionalText } from '../body-fields.ts'

type Body = Readonly<Record<string, unknown>>

const LONGEST_COMMENT = 20_000
const MOST_ROWS = 200

/** Reads a service event with all that belongs to it; whether values fit their fields is for the verb to say. */
export function parseServiceForm(body: Body): ServiceEventForm {
  const { event } = body
  if (!isObject(event)) throw invalidInput('event', 'This must be an object.')
  const comment = optionalText(body, 'comment', LONGEST_COMMENT)
  return {
    event,
    ...rowsOf(body, 'hours'),
    ...rowsOf(body, 'partsUsed'),
    ...rowsOf(body, 'returns'),
    ...rowsOf(body, 'linkers'),
    ...(body.faults === undefined ? {} : { faults: idsOf(body, 'faults') }),
    ...(comment === undefined ? {} : { comment }),
  }
}

type RowName = 'hours' | 'partsUsed' | 'returns' | 'linkers'

function rowsOf(body: Body, name: RowName): { readonly [Name in RowName]?: readonly WantedRow[] } {
  const given = body[name]
  if (given === undefined) return {}
  if (!Array.isArray(given) || given.length > MOST_ROWS)
    throw invalidInput(name, `This must be a list of ${MOST_ROWS} rows at most.`)
  return {
    [name]: given.map((row: unknown, index): WantedRow => {
      if (!isObject(row)) throw invalidInput(`${name}.${index}`, 'This must be an object.')
      const { id, ...values } = row
      if (id === undefined || id === null) return values
      if (typeof id !== 'number' || !Number.isSafeInteger(id))
        throw invalidInput(`${name}.${index}.id`, 'This must be a whole number.')
      return { id, ...values }
    }),
  }
}

/** A list of ids. @throws RefusedError `invalid-input` */
export function idsOf(body: Body, field: string): readonly number[] {
  const given = body[field]
  const isList = Array.isArray(given) && given.length <= 1000
  if (!isList || !given.every((id) => Number.isSafeInteger(id) && id > 0 && id <= 2_147_483_647))
    throw invalidInput(field, 'This must be a list of ids.')
  return given
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
