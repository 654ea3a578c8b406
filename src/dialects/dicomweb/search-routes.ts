import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JsonDataSet } from '../../modules/dicom/domain/json-model.ts'
import { jsonModelText } from '../../modules/dicom/domain/json-model-text.ts'
import type { ImageLevel } from '../../modules/dicom/domain/search-attributes.ts'
import { type FoundImage, readModels, searchImages } from '../../modules/dicom/search-images.ts'
import { requireJson } from './accept.ts'
import type { DicomwebService } from './dialect.ts'
import { type ParsedSearch, parseSearch } from './parse-search.ts'
import { needsModels, type Presenting, presentMatch } from './present-match.ts'
import { serviceBase } from './service-base.ts'

type Within = { Params: Readonly<Record<string, string>> }

const PATHS: readonly { readonly path: string; readonly level: ImageLevel }[] = [
  { path: '/studies', level: 'study' },
  { path: '/series', level: 'series' },
  { path: '/instances', level: 'instance' },
  { path: '/studies/:study/series', level: 'series' },
  { path: '/studies/:study/instances', level: 'instance' },
  { path: '/studies/:study/series/:series/instances', level: 'instance' },
]

/** QIDO-RS: searching (PS3.18 10.6). */
export function searchRoutes(app: FastifyInstance, service: DicomwebService): void {
  for (const { path, level } of PATHS) {
    app.get<Within>(`/dicom-web${path}`, async (request, reply) => {
      requireJson(request)
      const { study, series } = request.params
      const parsed = parseSearch(request, level, {
        ...(study === undefined ? {} : { StudyInstanceUID: study }),
        ...(series === undefined ? {} : { SeriesInstanceUID: series }),
      })
      const { found, remaining } = await searchImages(request.ctx, parsed.search)
      warn(reply, parsed, remaining, serviceBase(request, service))
      if (found.length === 0) return reply.code(204).send()
      const isRelational = study === undefined && level !== 'study'
      const answer = await present(request, service, found, { ...parsed, isRelational })
      return reply.type('application/dicom+json').send(answer)
    })
  }
}

function warn(reply: FastifyReply, { isFuzzy }: ParsedSearch, remaining: number, base: string): void {
  const warnings = [
    ...(isFuzzy
      ? ['The fuzzymatching parameter is not supported. Only literal matching has been performed.']
      : []),
    ...(remaining > 0
      ? [
          `The number of results exceeded the maximum. There are ${remaining} additional results that can be requested.`,
        ]
      : []),
  ]
  if (warnings.length > 0) {
    reply.header(
      'warning',
      warnings.map((text) => `299 ${base} "${text}"`),
    )
  }
}

/** Results that are presented before other requests have their turn. */
const AT_ONCE = 50

async function present(
  request: FastifyRequest,
  service: DicomwebService,
  found: readonly FoundImage[],
  { include, isRelational }: Pick<Presenting, 'include' | 'isRelational'>,
): Promise<Buffer> {
  const base = serviceBase(request, service)
  const texts: string[] = []
  for (let at = 0; at < found.length; at += AT_ONCE) {
    if (at > 0) await nextTurn()
    const some = found.slice(at, at + AT_ONCE)
    const ids = some.flatMap(({ instance }) => (instance ? [instance.id] : []))
    const models = needsModels({ include }) ? await readModels(request.ctx, ids) : undefined
    for (const one of some) {
      const text = one.instance && models?.get(one.instance.id)
      const model: JsonDataSet | undefined = text === undefined ? undefined : JSON.parse(text)
      texts.push(jsonModelText(presentMatch(one, { base, include, isRelational, model })))
    }
  }
  return Buffer.from(`[${texts.join(',')}]`)
}
