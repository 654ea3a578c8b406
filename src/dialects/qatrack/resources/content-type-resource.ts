import { type Links, resourceLink } from '../wire/links.ts'
import { parsePage, presentPage } from '../wire/pagination.ts'
import { CONTENT_TYPES } from './content-types.ts'

const PATH = 'contenttypes/contenttypes'

/** `GET /api/contenttypes/contenttypes/`, with the documented filters. */
export function listContentTypes(links: Links, parameters: URLSearchParams) {
  const found = CONTENT_TYPES.filter(
    ({ appLabel, model }) =>
      matches(parameters, 'app_label', appLabel) && matches(parameters, 'model', model),
  )
  const page = parsePage(parameters, 100)
  const results = found.slice(page.offset, page.offset + page.limit).map((type) => present(links, type))
  return presentPage(links, PATH, parameters, page, { count: found.length, results })
}

/** One kind of object; undefined for an unknown number. */
export function getContentType(links: Links, id: string) {
  const type = CONTENT_TYPES.find((known) => String(known.id) === id)
  return type && present(links, type)
}

function matches(parameters: URLSearchParams, name: string, value: string): boolean {
  const contained = parameters.getAll(`${name}__icontains`).at(-1) ?? ''
  const listed = parameters.getAll(`${name}__in`).at(-1) ?? ''
  return value.includes(contained.toLowerCase()) && (listed === '' || listed.split(',').includes(value))
}

function present(links: Links, { id, appLabel, model }: (typeof CONTENT_TYPES)[number]) {
  return { url: resourceLink(links, PATH, id), app_label: appLabel, model }
}
