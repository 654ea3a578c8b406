import type { DataSet } from './data-set.ts'
import { findNumber, readNumbers } from './read-value.ts'
import { TAGS } from './tag.ts'

const DEFAULT_DELAY_MS = 100

/** Milliseconds that a frame, counted from 0, is shown: Frame Time, Frame Time Vector or Cine Rate (PS3.3 C.7.6.5). */
export function frameDelayMs(dataSet: DataSet, frame: number): number {
  const vector = dataSet.elements.get(TAGS.frameTimeVector)
  const next = vector && readNumbers(vector, dataSet)[frame + 1]
  const cineRate = findNumber(dataSet, TAGS.cineRate)
  const candidates = [
    findNumber(dataSet, TAGS.frameTime),
    next,
    cineRate === undefined ? undefined : 1000 / cineRate,
  ]
  return (
    candidates.find((delay) => delay !== undefined && Number.isFinite(delay) && delay > 0) ?? DEFAULT_DELAY_MS
  )
}
