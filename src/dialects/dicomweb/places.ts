import type { ImagePlace } from '../../modules/dicom/retrieve-images.ts'
import { HttpProblem } from './http-problem.ts'

export type ByPlace = { Params: Readonly<Record<string, string | undefined>> }

const STUDY = '/studies/:study'
const SERIES = `${STUDY}/series/:series`
export const INSTANCE = `${SERIES}/instances/:instance`

/** A study, a series of it, an instance of that. */
export const PLACES: readonly string[] = [STUDY, SERIES, INSTANCE]

/** What a path names. */
export function placeOf({ study = '', series, instance }: ByPlace['Params']): ImagePlace {
  return {
    studyUid: study,
    ...(series === undefined ? {} : { seriesUid: series }),
    ...(instance === undefined ? {} : { instanceUid: instance }),
  }
}

/** Frames named in one path. */
const MOST_FRAMES = 10_000

/** `1,3,4` as numbers counted from 0. @throws HttpProblem 400 */
export function framesOf(text = ''): readonly number[] {
  const words = text.split(',')
  if (words.length > MOST_FRAMES || !words.every((word) => /^[1-9]\d{0,8}$/.test(word)))
    throw new HttpProblem(400, 'Frames are a list of numbers counted from 1.')
  return words.map((word) => Number(word) - 1)
}
