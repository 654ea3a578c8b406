import { textOf } from '../domain/report-tree.ts'
import { parseJson } from './parse-json.ts'
import { type SourceDocument, SourceFailure, type SourceRequest } from './source-reader.ts'

/** The address of a server without the slash at its end. @throws SourceFailure `connection` where there is none */
export function serverOf({ parameters }: SourceRequest): string {
  const url = (textOf(parameters, 'url') ?? '').replace(/\/+$/, '')
  if (url === '') throw new SourceFailure('connection', 'No address is configured.')
  return url
}

/** A setting as text, its default where it is empty. */
export function settingOf({ parameters }: SourceRequest, key: string, byDefault = ''): string {
  return textOf(parameters, key) || byDefault
}

type Headers = Readonly<Record<string, string>>

export async function askJson(request: SourceRequest, url: string, headers: Headers): Promise<unknown> {
  return parseJson((await request.fetch(url, { headers })).content)
}

const MOST_PAGES = 200

/**
 * Follows the links to next pages until there is none or enough was seen.
 *
 * @throws SourceFailure `connection` for lists without end and links to other servers, which would be sent the secrets
 */
export async function askPages(
  request: SourceRequest,
  first: string,
  headers: Headers,
  isEnough: (page: unknown) => boolean = () => false,
): Promise<readonly unknown[]> {
  const pages: unknown[] = []
  let url: string | undefined = first
  while (url !== undefined) {
    if (pages.length === MOST_PAGES) throw new SourceFailure('connection', 'The source has too many pages.')
    const answer: SourceDocument = await request.fetch(url, { headers })
    const page = parseJson(answer.content)
    pages.push(page)
    url = isEnough(page) ? undefined : nextPage(answer, first)
  }
  return pages
}

function nextPage({ headers }: SourceDocument, first: string): string | undefined {
  const link = headers.link?.split(',').find((each) => /;\s*rel="?next"?/.test(each))
  const target = /<([^<>]*)>/.exec(link ?? '')?.[1]
  const url = target === undefined ? null : URL.parse(target, first)
  if (!url) return undefined
  if (url.origin !== new URL(first).origin)
    throw new SourceFailure('connection', 'The next page is on another server.')
  return url.href
}
