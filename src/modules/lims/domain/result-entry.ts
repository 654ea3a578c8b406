import type { ServiceSnapshot } from './service-snapshot.ts'
import { parseNumber } from './setup-rules.ts'

export type Operand = '<' | '>'

/** A result as it is stored: the text, and `<` or `>` where a detection limit stands for the value. */
export type EnteredResult = { readonly result: string; readonly operand: Operand | null }

type Limits = Pick<
  ServiceSnapshot,
  'lowerDetectionLimit' | 'upperDetectionLimit' | 'detectionLimitSelector' | 'allowManualDetectionLimit'
>

/**
 * What is stored of a result as it was typed, by what the service says about detection limits.
 *
 * @param operand chosen beside the text, where the service offers the choice
 * @see specification 3.9.2
 */
export function enterResult(text: string, service: Limits, operand?: Operand | null): EnteredResult {
  const typed = text.trim()
  if (typed === '') return { result: '', operand: null }
  const mark = typed.startsWith('<') ? '<' : typed.startsWith('>') ? '>' : undefined
  const bare = mark === undefined ? typed : typed.slice(1).trim()
  if (mark !== undefined && parseNumber(bare) === undefined) return { result: typed, operand: null }
  const chosen = mark ?? operand ?? undefined
  if (chosen === undefined || !service.detectionLimitSelector) return { result: bare, operand: null }
  if (service.allowManualDetectionLimit) return { result: bare, operand: chosen }
  const limit = chosen === '<' ? service.lowerDetectionLimit : service.upperDetectionLimit
  return { result: String(limit), operand: chosen }
}

type Stored = EnteredResult & { readonly service: Limits }

/** The lower limit that holds for a result: its own where one was entered. */
export function lowerLimitOf({ result, operand, service }: Stored): number {
  return operand === '<' && service.allowManualDetectionLimit
    ? (parseNumber(result) ?? service.lowerDetectionLimit)
    : service.lowerDetectionLimit
}

export function upperLimitOf({ result, operand, service }: Stored): number {
  return operand === '>' && service.allowManualDetectionLimit
    ? (parseNumber(result) ?? service.upperDetectionLimit)
    : service.upperDetectionLimit
}

export function isBelowLimit(stored: Stored): boolean {
  if (stored.operand === '<' || stored.result.startsWith('<')) return true
  const value = parseNumber(stored.result)
  return stored.operand === null && value !== undefined && value < stored.service.lowerDetectionLimit
}

export function isAboveLimit(stored: Stored): boolean {
  if (stored.operand === '>' || stored.result.startsWith('>')) return true
  const value = parseNumber(stored.result)
  return stored.operand === null && value !== undefined && value > stored.service.upperDetectionLimit
}
