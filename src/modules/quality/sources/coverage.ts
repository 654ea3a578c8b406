import { ageFindings, toCount, versionFindings } from '../collector/findings.ts'
import { readFiles, type SourceFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceFindings,
  type SourceReader,
  type SourceReaders,
} from '../collector/source-reader.ts'
import { readRecords } from '../collector/xml-records.ts'

type Coverage = { readonly missed: number; readonly total: number }

function sumOf(parts: readonly Coverage[], { addresses }: SourceFiles): SourceFindings {
  const missed = parts.reduce((sum, part) => sum + part.missed, 0)
  const total = parts.reduce((sum, part) => sum + part.total, 0)
  return { value: String(missed), total: String(total), ...addresses }
}

/** What a report of Cobertura says in its outermost element. @throws SourceFailure `parse` */
export async function parseCobertura(content: Buffer): Promise<Readonly<Record<string, string>>> {
  return (await readRecords(content, [], () => undefined, ['coverage'])).attributes
}

function coberturaReader(kind: 'lines' | 'branches'): SourceReader {
  return async (request) => {
    const files = await readFiles(request, ['xml'])
    const reports = await Promise.all(files.documents.map(({ content }) => parseCobertura(content)))
    const parts = reports.map((attributes) => {
      const total = toCount(attributes[`${kind}-valid`], `${kind}-valid`)
      return { missed: total - toCount(attributes[`${kind}-covered`], `${kind}-covered`), total }
    })
    return sumOf(parts, files)
  }
}

/** Written in milliseconds or in seconds; what would be long ago was meant as seconds. */
function dateOfCobertura({ timestamp }: Readonly<Record<string, string>>): Date {
  if (timestamp === undefined) throw new SourceFailure('parse', "Cobertura XML tag 'timestamp' not found")
  const time = Number(timestamp)
  const date = new Date(time)
  if (timestamp.trim() === '' || Number.isNaN(date.getTime()))
    throw new SourceFailure('parse', 'The date cannot be read.')
  return date.getUTCFullYear() <= 1980 ? new Date(time * 1000) : date
}

const coberturaAge: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const reports = await Promise.all(documents.map(({ content }) => parseCobertura(content)))
  return ageFindings(request, reports.map(dateOfCobertura), addresses)
}

const coberturaVersion: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const reports = await Promise.all(documents.map(({ content }) => parseCobertura(content)))
  return versionFindings(
    reports.map(({ version = '0' }) => version),
    addresses,
  )
}

/** Coverage by tests in the format of Cobertura. */
export const cobertura: SourceReaders = {
  uncovered_lines: coberturaReader('lines'),
  uncovered_branches: coberturaReader('branches'),
  source_up_to_dateness: coberturaAge,
  source_version: coberturaVersion,
}

type Jacoco = { readonly counters: ReadonlyMap<string, Coverage>; readonly dump: string | undefined }

/** The counters of a whole report of JaCoCo, and when its first session was written. @throws SourceFailure `parse` */
export async function parseJacoco(content: Buffer): Promise<Jacoco> {
  const counters = new Map<string, Coverage>()
  let dump: string | undefined
  await readRecords(
    content,
    ['counter', 'sessioninfo'],
    ({ name, attributes }, path) => {
      if (name === 'sessioninfo') dump ??= attributes.dump
      if (name !== 'counter' || path.length !== 1) return
      const missed = toCount(attributes.missed, 'missed')
      counters.set(attributes.type ?? '', { missed, total: missed + toCount(attributes.covered, 'covered') })
    },
    ['report'],
  )
  return { counters, dump }
}

function jacocoReader(type: 'LINE' | 'BRANCH'): SourceReader {
  return async (request) => {
    const files = await readFiles(request, ['xml'])
    const reports = await Promise.all(files.documents.map(({ content }) => parseJacoco(content)))
    return sumOf(
      reports.map(({ counters }) => counters.get(type) ?? { missed: 0, total: 0 }),
      files,
    )
  }
}

const jacocoAge: SourceReader = async (request) => {
  const { documents, addresses } = await readFiles(request, ['xml'])
  const reports = await Promise.all(documents.map(({ content }) => parseJacoco(content)))
  const dates = reports.map(({ dump = '' }) => {
    if (/^\d{1,15}$/.test(dump)) return new Date(Number(dump))
    return readSourceDate(dump, request.ctx.zone)
  })
  return ageFindings(request, dates, addresses)
}

/** Coverage by tests in the format of JaCoCo. */
export const jacoco: SourceReaders = {
  uncovered_lines: jacocoReader('LINE'),
  uncovered_branches: jacocoReader('BRANCH'),
  source_up_to_dateness: jacocoAge,
}
