import type { FastifyRequest } from 'fastify'
import { HttpProblem } from './http-problem.ts'

/** One media range of an Accept header (RFC 9110 12.5.1), names in lower case, parameters without quotes. */
export type MediaRange = {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  readonly quality: number
}

const MOST_RANGES = 100

/**
 * What a client accepts, best first; equal ones stay in their order. The query parameter `accept` wins over the header
 * (PS3.18 8.3.3.1). No header accepts everything.
 */
export function acceptedOf(request: FastifyRequest): readonly MediaRange[] {
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>
  const asked = [query.accept ?? request.headers.accept ?? '*/*'].flat().join(',')
  return parseAccept(asked)
}

export function parseAccept(text: string): readonly MediaRange[] {
  const ranges = splitOutsideQuotes(text, ',')
    .slice(0, MOST_RANGES)
    .flatMap(parseRange)
    .filter(({ quality }) => quality > 0)
  return ranges.sort((a, b) => b.quality - a.quality)
}

function parseRange(text: string): readonly MediaRange[] {
  const [type = '', ...given] = splitOutsideQuotes(text, ';').map((part) => part.trim())
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(type)) return []
  const parameters = new Map(
    given.map((part): readonly [string, string] => {
      const at = part.indexOf('=')
      return [
        part
          .slice(0, at < 0 ? undefined : at)
          .trim()
          .toLowerCase(),
        unquoted(part.slice(at + 1).trim()),
      ]
    }),
  )
  const quality = Number(parameters.get('q') ?? 1)
  return [{ type: type.toLowerCase(), parameters, quality: Number.isFinite(quality) ? quality : 1 }]
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    : text
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (character === separator && !isQuoted) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part].filter((one) => one.trim() !== '')
}

/** Whether a range stands for a media type: itself, all of its kind, or everything. */
export function covers({ type }: Pick<MediaRange, 'type'>, mediaType: string): boolean {
  return type === '*/*' || type === mediaType || type === `${mediaType.split('/')[0]}/*`
}

/** The first of the offers that the client accepts best; the order of offers decides between equals. */
export function chooseType(accepted: readonly MediaRange[], offers: readonly string[]): string {
  for (const range of accepted) {
    const found = offers.find((offer) => covers(range, offer))
    if (found !== undefined) return found
  }
  throw notAcceptable(offers)
}

export function notAcceptable(offers: readonly string[]): HttpProblem {
  return new HttpProblem(
    406,
    `None of the accepted media types can be given; there are ${offers.join(', ')}.`,
  )
}

/** Refuses unless DICOM JSON is accepted: the XML model is not given. */
export function requireJson(request: FastifyRequest): void {
  chooseType(acceptedOf(request), ['application/dicom+json', 'application/json'])
}
