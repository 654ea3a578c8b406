import type { IncomingHttpHeaders } from 'node:http'

const PREFIX = /^\/api\/(v3|internal)(\/|$)/

/** Reports have addresses of their own at the root, as the documented system gives them out. */
const REPORT_PAGE = /^\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\/?$/

/**
 * Its own prefixes, pages of reports, and the listing of all APIs at `/api`, which a browser or the holder of a token
 * gets from another API.
 */
export function ownsQualityTime(path: string, headers: IncomingHttpHeaders): boolean {
  if (path === '/api') return !hasToken(headers) && !prefersHtml(headers.accept ?? '')
  return PREFIX.test(path) || REPORT_PAGE.test(path)
}

function hasToken({ authorization }: IncomingHttpHeaders): boolean {
  return /^token\s/i.test(authorization ?? '')
}

/** Whether HTML is wanted more than JSON. */
function prefersHtml(accept: string): boolean {
  const quality = (types: readonly string[]) =>
    Math.max(
      0,
      ...accept
        .slice(0, 2000)
        .split(',')
        .map((part) =>
          part
            .trim()
            .toLowerCase()
            .split(/\s*;\s*/),
        )
        .filter(([type = '']) => types.includes(type))
        .map(
          ([, ...parameters]) =>
            Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1') || 0,
        ),
    )
  const html = quality(['text/html', 'text/*'])
  return html > 0 && html >= quality(['application/json', 'application/*'])
}
