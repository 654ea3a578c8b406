import type { FastifyRequest } from 'fastify'
import {
  findSearchAttribute,
  type ImageLevel,
  type ImageSearch,
  type Matching,
  parseAttributePath,
  parseMatching,
  type SearchCondition,
} from '../../modules/dicom/domain/search-attributes.ts'
import type { Tag } from '../../modules/dicom/domain/tag.ts'
import { HttpProblem } from './http-problem.ts'

/** A search with what its answer shall carry. */
export type ParsedSearch = {
  readonly search: ImageSearch
  /** attributes beyond those that every answer has */
  readonly include: ReadonlySet<Tag> | 'all'
  readonly isFuzzy: boolean
}

/** Results of one answer at most; there is a warning where more match. */
export const MOST_RESULTS = 1000

const CONTROLS: ReadonlySet<string> = new Set([
  'limit',
  'offset',
  'includefield',
  'fuzzymatching',
  'accept',
  'charset',
])

const LEVELS: readonly ImageLevel[] = ['study', 'series', 'instance']

/**
 * Reads the query of a search (PS3.18 8.3.4).
 *
 * @param within values of UIDs that the path gives
 * @throws HttpProblem 400 for attributes that cannot be searched by, and values that cannot be compared
 */
export function parseSearch(
  request: FastifyRequest,
  level: ImageLevel,
  within: Readonly<Record<string, string>>,
): ParsedSearch {
  const at = request.url.indexOf('?')
  const parameters = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
  const include = includedFields(parameters)
  const conditions: SearchCondition[] = []
  for (const [name, value] of [...Object.entries(within), ...parameters]) {
    if (CONTROLS.has(name.toLowerCase())) continue
    const condition = conditionOf(level, name, value)
    if (condition.matching !== undefined)
      conditions.push({ attribute: condition.attribute, matching: condition.matching })
    // an attribute that is asked for is also told (PS3.18 8.3.4.4)
    if (include !== 'all') include.add(condition.attribute.tag)
  }
  return {
    search: {
      level,
      conditions,
      limit: Math.min(MOST_RESULTS, wholeNumber(parameters, 'limit') ?? MOST_RESULTS),
      offset: wholeNumber(parameters, 'offset') ?? 0,
    },
    include,
    isFuzzy: parameters.get('fuzzymatching') === 'true',
  }
}

type Condition = Omit<SearchCondition, 'matching'> & { readonly matching: Matching | undefined }

function conditionOf(level: ImageLevel, name: string, value: string): Condition {
  const path = parseAttributePath(name)
  if (!path) throw new HttpProblem(400, `${name} is no attribute of DICOM.`)
  const attribute = findSearchAttribute(path)
  if (!attribute || LEVELS.indexOf(attribute.level) > LEVELS.indexOf(level))
    throw new HttpProblem(400, `${name} cannot be searched by at the level of ${level}.`)
  const matching = parseMatching(attribute, value.trim())
  if (matching === 'invalid') throw new HttpProblem(400, `The value of ${name} cannot be compared.`)
  return { attribute, matching }
}

function includedFields(parameters: URLSearchParams): Set<Tag> | 'all' {
  const names = parameters.getAll('includefield').flatMap((value) => value.split(','))
  if (names.some((name) => name.trim().toLowerCase() === 'all')) return 'all'
  return new Set(
    names
      .filter((name) => name.trim() !== '')
      .map((name) => {
        const tag = parseAttributePath(name.trim())?.[0]
        if (tag === undefined) throw new HttpProblem(400, `includefield: ${name} is no attribute of DICOM.`)
        return tag
      }),
  )
}

function wholeNumber(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) throw new HttpProblem(400, `${name} must be a whole number.`)
  return Number(text)
}
