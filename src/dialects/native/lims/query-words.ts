import { invalidInput } from '../../../core/refusal.ts'

/** Words of a parameter that may come several times, each with commas. */
export function wordList(parameters: URLSearchParams, name: string): readonly string[] | undefined {
  const found = parameters
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter((word) => word !== '')
  return found.length === 0 ? undefined : found
}

export function idList(parameters: URLSearchParams, name: string): readonly number[] | undefined {
  return wordList(parameters, name)?.map((word) => {
    if (!/^\d{1,9}$/.test(word)) throw invalidInput(name, 'This must be a whole number.')
    return Number(word)
  })
}

export function numberIn(
  parameters: URLSearchParams,
  name: string,
  usual: number,
  least: number,
  most: number,
): number {
  const text = parameters.get(name)
  if (text === null || text === '') return usual
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most))
    throw invalidInput(name, `This must be a whole number from ${least} to ${most}.`)
  return value
}
