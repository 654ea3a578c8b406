import { type Links, spelled } from './links.ts'

export type Page = { readonly limit: number; readonly offset: number }

/** More than any client can use; larger wishes get this many. */
export const MOST_RESULTS = 10_000

/** Reads `limit` and `offset`; what makes no sense counts as not given. */
export function parsePage(parameters: URLSearchParams, pageSize: number, most = MOST_RESULTS): Page {
  const limit = wholeNumber(parameters.getAll('limit').at(-1))
  const offset = wholeNumber(parameters.getAll('offset').at(-1))
  return { limit: limit === undefined || limit === 0 ? pageSize : Math.min(limit, most), offset: offset ?? 0 }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/** Addresses of the next and previous page: parameters in order of name, absolute, with the canonical slash. */
function pageLinks(address: string, parameters: URLSearchParams, { limit, offset }: Page, count: number) {
  return {
    next: offset + limit >= count ? null : linkTo(address, parameters, { limit, offset: offset + limit }),
    previous: offset <= 0 ? null : linkTo(address, parameters, { limit, offset: offset - limit }),
  }
}

function linkTo(address: string, parameters: URLSearchParams, { limit, offset }: Page): string {
  const replaced = new Map<string, readonly string[]>(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]),
  )
  replaced.set('limit', [String(limit)])
  if (offset > 0) replaced.set('offset', [String(offset)])
  else replaced.delete('offset')
  const query = [...replaced]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([name, values]) => values.map((value) => `${encode(name)}=${encode(value)}`))
  return `${address}?${query.join('&')}`
}

/** Form encoding, as the documented system writes it. */
function encode(text: string): string {
  const encoded = new URLSearchParams({ '': text.toWellFormed() }).toString().slice(1)
  return encoded.replaceAll('*', '%2A').replaceAll('%7E', '~')
}

/** `/api/qa/tests/` in the spelling of the request, with its `.json` if it had one. */
export function listAddress({ root, qa, suffix }: Links, path: string): string {
  return `${root}/api/${spelled(path, qa)}${suffix === '' ? '/' : suffix}`
}

/** A page of a list as it is answered. */
export function presentPage(
  links: Links,
  path: string,
  parameters: URLSearchParams,
  page: Page,
  found: { readonly count: number; readonly results: readonly unknown[] },
): Record<string, unknown> {
  const { count, results } = found
  return { count, ...pageLinks(listAddress(links, path), parameters, page, count), results }
}
