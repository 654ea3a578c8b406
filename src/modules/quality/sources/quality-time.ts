import { askJson, serverOf } from '../collector/ask-api.ts'
import {
  ageFindings,
  distinctEntities,
  numberOf,
  versionFindings,
  wholeDays,
  wordsOf,
} from '../collector/findings.ts'
import {
  type JsonObject,
  objectIn,
  objectsIn,
  requireObjects,
  requireText,
  textIn,
  textsIn,
} from '../collector/json-values.ts'
import { newerRelease } from '../collector/latest-release.ts'
import { chooseNames } from '../collector/patterns.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { CATALOGUE, findMetricType, findSubjectType } from '../domain/catalogue/catalogue.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'

/** Answers come without credentials: what everybody may read there. */
async function findReports(request: SourceRequest): Promise<readonly JsonObject[]> {
  const answer = objectIn(await askJson(request, `${serverOf(request)}/api/internal/report`, {}))
  const reports = requireObjects(answer.reports, 'reports')
  const wanted = wordsOf(request, 'reports')
  if (wanted.length === 0) return reports
  const names = chooseNames(
    reports.flatMap((report) => [textIn(report, 'title'), textIn(report, 'report_uuid')]),
    { include: wanted },
  )
  const chosen = reports.filter(
    (report) => names.has(textIn(report, 'title')) || names.has(textIn(report, 'report_uuid')),
  )
  if (chosen.length === 0) throw new SourceFailure('parse', 'No report has one of the chosen titles.')
  return chosen
}

type Place = { readonly report: JsonObject; readonly subjectId: string; readonly subject: JsonObject }

function subjectsOf(reports: readonly JsonObject[]): readonly Place[] {
  return reports.flatMap((report) =>
    Object.entries(objectIn(report.subjects)).map(([subjectId, subject]) => ({
      report,
      subjectId,
      subject: objectIn(subject),
    })),
  )
}

/** Names of the catalogue that are chosen, as the keys that stand in a report. */
function chosenKeys(
  request: SourceRequest,
  key: string,
  types: Readonly<Record<string, { readonly name: string }>>,
): ReadonlySet<string> {
  const names = selectedValues('quality_time', key, request.parameters)
  return new Set(Object.entries(types).flatMap(([type, { name }]) => (names.includes(name) ? [type] : [])))
}

function isAll(chosen: ReadonlySet<string>, types: Readonly<Record<string, unknown>>): boolean {
  return chosen.size === Object.keys(types).length
}

const SIGNS: Readonly<Record<string, string>> = { '<': '≦', '>': '≧' }

function metricEntity(
  server: string,
  { report, subjectId, subject }: Place,
  id: string,
  metric: JsonObject,
): Entity {
  const type = findMetricType(metric.type)
  const latest = objectIn(
    Array.isArray(metric.recent_measurements) ? metric.recent_measurements.at(-1) : undefined,
  )
  const scale = objectIn(latest[textIn(metric, 'scale') || 'count'])
  const direction = textIn(metric, 'direction') || type?.direction || '<'
  const reportUrl = `${server}/${textIn(report, 'report_uuid')}`
  return {
    key: id,
    report: textIn(report, 'title'),
    report_url: reportUrl,
    subject: textIn(subject, 'name') || findSubjectType(subject.type)?.name || textIn(subject, 'type'),
    subject_url: `${reportUrl}#${subjectId}`,
    metric: textIn(metric, 'name') || type?.name || textIn(metric, 'type'),
    metric_url: `${reportUrl}#${id}`,
    status: textIn(scale, 'status') || 'unknown',
    status_start_date: textIn(metric, 'status_start'),
    unit: textIn(metric, 'unit') || type?.unit || '',
    measurement: textIn(scale, 'value'),
    target: `${SIGNS[direction] ?? direction} ${textIn(metric, 'target') || type?.target || ''}`,
  }
}

const readMetrics: SourceReader = async (request) => {
  const server = serverOf(request)
  const metricTypes = chosenKeys(request, 'metric_type', CATALOGUE.metrics)
  const sourceTypes = chosenKeys(request, 'source_type', CATALOGUE.sources)
  const tags = wordsOf(request, 'tags')
  const isWanted = (metric: JsonObject) => {
    const types = Object.values(objectIn(metric.sources)).map((source) => textIn(objectIn(source), 'type'))
    return (
      (tags.length === 0 || textsIn(metric.tags).some((tag) => tags.includes(tag))) &&
      (isAll(metricTypes, CATALOGUE.metrics) || metricTypes.has(textIn(metric, 'type'))) &&
      (isAll(sourceTypes, CATALOGUE.sources) || types.some((type) => sourceTypes.has(type)))
    )
  }
  const all = subjectsOf(await findReports(request)).flatMap((place) =>
    Object.entries(objectIn(place.subject.metrics)).flatMap(([id, metric]) =>
      isWanted(objectIn(metric)) ? [metricEntity(server, place, id, objectIn(metric))] : [],
    ),
  )
  const statuses = selectedValues('quality_time', 'status', request.parameters)
  const shortest = numberOf(request, 'min_status_duration', 0)
  const entities = all.filter(({ status = '', status_start_date = '' }) => {
    if (!statuses.includes(status)) return false
    if (status_start_date === '') return shortest === 0
    return wholeDays(readSourceDate(status_start_date, request.ctx.zone), request.ctx.now()) >= shortest
  })
  const distinct = distinctEntities(entities)
  return {
    value: String(distinct.length),
    total: String(all.length),
    entities: distinct,
    apiUrl: server,
    landingUrl: server,
  }
}

/** A kind of subject of the other server's catalogue, at any depth. */
function findType(subjects: JsonObject, key: string, depth = 0): JsonObject | undefined {
  for (const [name, type] of Object.entries(subjects)) {
    if (name === key) return objectIn(type)
    const child = depth < 10 ? findType(objectIn(objectIn(type).subjects), key, depth + 1) : undefined
    if (child) return child
  }
  return undefined
}

/** The kinds of metrics that a kind of subject offers: its own and those of its direct children. */
function offeredTypes(subjectType: JsonObject): readonly string[] {
  const children = Object.values(objectIn(subjectType.subjects))
  return [
    ...new Set([subjectType, ...children].flatMap((type) => textsIn(objectIn(type).metrics))),
  ].toSorted()
}

type Missing = { readonly place: Place; readonly type: string; readonly entity: Entity }

const readMissing: SourceReader = async (request) => {
  const server = serverOf(request)
  const [reports, model] = await Promise.all([
    findReports(request),
    askJson(request, `${server}/api/internal/datamodel`, {}).then(objectIn),
  ])
  let total = 0
  const missing: Missing[] = []
  for (const place of subjectsOf(reports)) {
    const subjectType = findType(objectIn(model.subjects), textIn(place.subject, 'type')) ?? {}
    const offered = offeredTypes(subjectType)
    const present = new Set(
      Object.values(objectIn(place.subject.metrics)).map((metric) => textIn(objectIn(metric), 'type')),
    )
    total += offered.length
    for (const type of offered)
      if (!present.has(type))
        missing.push({ place, type, entity: missingEntity(server, model, place, subjectType, type) })
  }
  const entities = distinctEntities(
    missing.filter(missingFilter(request, model, reports, missing)).map(({ entity }) => entity),
  )
  return {
    value: String(entities.length),
    total: String(total),
    entities,
    apiUrl: server,
    landingUrl: server,
  }
}

function sourcesOf(model: JsonObject, type: string): readonly string[] {
  return textsIn(objectIn(objectIn(model.metrics)[type]).sources)
}

function missingEntity(
  server: string,
  model: JsonObject,
  { report, subjectId, subject }: Place,
  subjectType: JsonObject,
  type: string,
): Entity {
  const reportId = requireText(report, 'report_uuid')
  const metricType = objectIn(objectIn(model.metrics)[type])
  const sources = sourcesOf(model, type).map((source) =>
    textIn(objectIn(objectIn(model.sources)[source]), 'name'),
  )
  return {
    key: `${reportId}:${subjectId}:${type}`,
    report: textIn(report, 'title'),
    report_url: `${server}/${reportId}`,
    subject: textIn(subject, 'name') || textIn(subjectType, 'name'),
    subject_url: `${server}/${reportId}#${subjectId}`,
    subject_type: textIn(subjectType, 'name'),
    subject_type_url: textIn(subjectType, 'reference_documentation_url'),
    metric_type_name: textIn(metricType, 'name') || type,
    metric_type_url: textIn(metricType, 'reference_documentation_url'),
    source_types: sources.toSorted().join(', '),
  }
}

function missingFilter(
  request: SourceRequest,
  model: JsonObject,
  reports: readonly JsonObject[],
  missing: readonly Missing[],
): (each: Missing) => boolean {
  const include = chosenKeys(request, 'source_types_to_include', CATALOGUE.sources)
  const ignore = chosenKeys(request, 'source_types_to_ignore', CATALOGUE.sources)
  const ignored = chosenKeys(request, 'metric_types_to_ignore', CATALOGUE.metrics)
  const onceIsEnough = chosenKeys(
    request,
    'metric_types_to_ignore_when_used_at_least_once',
    CATALOGUE.metrics,
  )
  const used = new Map(
    reports.map((report) => [
      textIn(report, 'report_uuid'),
      new Set(
        subjectsOf([report]).flatMap(({ subject }) =>
          Object.values(objectIn(subject.metrics)).map((metric) => textIn(objectIn(metric), 'type')),
        ),
      ),
    ]),
  )
  const names = missing.flatMap(({ place, entity }) => [entity.subject ?? '', place.subjectId])
  const wantedSubjects = chooseNames(names, { include: wordsOf(request, 'subjects_to_include') })
  const ignoredWords = wordsOf(request, 'subjects_to_ignore')
  const ignoredSubjects =
    ignoredWords.length > 0 ? chooseNames(names, { include: ignoredWords }) : new Set<string>()
  return ({ place, type, entity }) => {
    const sources = sourcesOf(model, type)
    const either = [entity.subject ?? '', place.subjectId]
    return (
      (isAll(include, CATALOGUE.sources) || sources.some((source) => include.has(source))) &&
      sources.some((source) => !ignore.has(source)) &&
      !ignored.has(type) &&
      !(onceIsEnough.has(type) && used.get(textIn(place.report, 'report_uuid'))?.has(type)) &&
      either.some((name) => wantedSubjects.has(name)) &&
      !either.some((name) => ignoredSubjects.has(name))
    )
  }
}

const readAge: SourceReader = async (request) => {
  const server = serverOf(request)
  const metrics = subjectsOf(await findReports(request)).flatMap(({ subject }) =>
    Object.values(objectIn(subject.metrics)),
  )
  const ends = metrics.flatMap((metric) => {
    const end = textIn(objectsIn(objectIn(metric).recent_measurements).at(-1) ?? {}, 'end')
    return end === '' ? [] : [readSourceDate(end, request.ctx.zone).getTime()]
  })
  if (ends.length === 0) throw new SourceFailure('parse', 'Nothing was measured there yet.')
  return ageFindings(request, [new Date(Math.min(...ends))], { apiUrl: server, landingUrl: server })
}

const readVersion: SourceReader = async (request) => {
  const server = serverOf(request)
  const version = requireText(objectIn(await askJson(request, `${server}/api/v3/server`, {})), 'version')
  const newer = await newerRelease(request, 'ICTU/quality-time', [version])
  return versionFindings([version], { apiUrl: server, landingUrl: server }, newer)
}

/** Reports of another server with the same interface. */
export const qualityTime: SourceReaders = {
  metrics: readMetrics,
  missing_metrics: readMissing,
  source_up_to_dateness: readAge,
  source_version: readVersion,
}
