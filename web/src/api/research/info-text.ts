import type {
  Json,
  JsonDocument,
  WireQuantity,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { formatNumber } from '../../ui/number-text.ts'
import { formatDay } from '../../ui/site-time.ts'
import { type InfoField, isObject } from './schema-fields.ts'

/** Units as people write them; what is not listed is written as UCUM has it. */
const UNIT_SIGNS: Readonly<Record<string, string>> = {
  Cel: '°C',
  um: 'µm',
  cm2: 'cm²',
  cm3: 'cm³',
  'g/cm3': 'g/cm³',
  '1': '',
  deg: '°',
}

export function unitSign(unit: string): string {
  return UNIT_SIGNS[unit] ?? unit
}

const MISSING: Readonly<Record<string, string>> = {
  not_measured: 'not measured',
  below_detection: 'below detection',
  lost: 'lost',
}

/** A quantity in the digits as they were typed, with uncertainty and unit. */
export function quantityText(quantity: WireQuantity): string {
  const unit = unitSign(quantity.unit)
  if (quantity.value === null) return MISSING[quantity.missing ?? 'not_measured'] ?? 'missing'
  const value = quantity.text ?? formatNumber(quantity.value)
  const about = quantity.u === undefined ? '' : ` ± ${formatNumber(quantity.u.value)}`
  return `${value}${about}${unit === '' ? '' : ` ${unit}`}`
}

function isQuantity(value: unknown): value is WireQuantity {
  return isObject(value) && 'value' in value && typeof value.unit === 'string'
}

/** What stands for a value of the info on a page or in a cell; empty where there is none. */
export function valueText(field: Pick<InfoField, 'kind' | 'units'>, value: Json | undefined): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'yes' : 'no'
    case 'number':
      return withUnit(formatNumber(value), field.units[0])
    case 'string':
      return field.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value
    case 'object':
      return structureText(field, value)
    default:
      return ''
  }
}

function withUnit(text: string, unit: string | undefined): string {
  const sign = unitSign(unit ?? '')
  return sign === '' ? text : `${text} ${sign}`
}

function structureText(field: Pick<InfoField, 'kind'>, value: Json): string {
  if (value === null) return ''
  if (isQuantity(value)) return quantityText(value)
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ')
  return field.kind === 'range' && isObject(value) ? rangeText(value) : JSON.stringify(value)
}

function rangeText(range: JsonDocument): string {
  const unit = typeof range.unit === 'string' ? ` ${unitSign(range.unit)}` : ''
  return `${range.lower ?? '…'} – ${range.upper ?? '…'}${unit}`
}

/** A value at a dotted path without lists. */
export function valueAt(info: JsonDocument, path: string): Json | undefined {
  let value: Json | undefined = info
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined
  return value
}
