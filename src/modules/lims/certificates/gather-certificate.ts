import { asSystem, type Context, requirePermission } from '../../../context.ts'
import { compare, EVERYTHING } from '../../../core/query.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { judgeResult } from '../domain/judge-result.ts'
import type { Notation } from '../domain/number-format.ts'
import { type ReportLanguage, reportLanguage } from '../domain/report-language.ts'
import type { ResultRange } from '../domain/result-range.ts'
import { parseNumber } from '../domain/setup-rules.ts'
import type { ShowOptions } from '../domain/show-result.ts'
import { findAnalysesOfRequests } from '../find-analyses.ts'
import { type JudgedAnalysis, judgeAnalyses } from '../judge-analyses.ts'
import { type LimsSettings, limsSettings } from '../lims-settings.ts'
import { analysis } from '../records/analysis.ts'
import { client } from '../records/client.ts'
import { department } from '../records/department.ts'
import { laboratory } from '../records/laboratory.ts'
import { request } from '../records/request.ts'
import { sample } from '../records/sample.ts'
import { type RelatedRows, relatedRows } from '../related-rows.ts'
import type { CertificateFacts, CertificateLaboratory, CertificateSample } from './certificate.ts'
import { certificateResult } from './certificate-result.ts'
import { findSigners } from './find-signers.ts'

/** Where a certificate departs from what client and laboratory chose. */
export type CertificateOptions = {
  readonly language?: ReportLanguage
  readonly decimalMark?: '.' | ','
}

/** What a certificate is made from: its facts, and the rows whose versions it was made from. */
export type GatheredCertificate = {
  readonly facts: Omit<CertificateFacts, 'amendment'>
  readonly clientId: number
  readonly requests: readonly AnyRow[]
  /** those reported and those withheld */
  readonly analyses: readonly AnyRow[]
}

/** Samples that one certificate may report. */
const MOST_SAMPLES = 100
const LARGEST_PICTURE = 2 ** 20

/**
 * Reads everything that a certificate about these samples says, in their order.
 *
 * @param publicUrl where people reach the server, without a slash at its end
 * @throws RefusedError `not-found` outside the actor's scope; `conflict` for samples of several clients
 */
export async function gatherCertificate(
  ctx: Context,
  requestIds: readonly number[],
  publicUrl: string,
  options: CertificateOptions = {},
): Promise<GatheredCertificate> {
  requirePermission(ctx, 'lims.access')
  const requests = await requireRequests(ctx, requestIds)
  const clientId = Number(requests[0]?.client)
  const analyses = await findAnalysesOfRequests(
    ctx,
    requests.map(({ id }) => id),
  )
  const reported = reportedOf(analyses)
  const samples = await findRecords(ctx, sample, [...new Set(requests.map((row) => Number(row.sample)))])
  const [related, judged, settings, lab, [owner]] = await Promise.all([
    relatedRows(ctx, [
      { record: request, rows: requests },
      { record: sample, rows: samples },
      { record: analysis, rows: reported },
    ]),
    judgeAnalyses(ctx, reported),
    limsSettings(ctx),
    findLaboratory(ctx),
    findRecords(ctx, client, [clientId]),
  ])
  if (!owner) throw new RefusedError({ kind: 'not-found', what: 'client', id: clientId })
  const departments = await findDepartments(ctx, requests)
  const reading: Reading = {
    related,
    judged,
    settings,
    departments,
    show: showOptions(settings, owner, options),
    publicUrl,
  }
  const materials = new Map(samples.map((row) => [row.id, row]))
  return {
    clientId,
    requests,
    analyses,
    facts: {
      language: options.language ?? reportLanguage(owner.reportLanguage),
      laboratory: await describeLaboratory(ctx, lab, settings),
      client: {
        name: String(owner.name),
        address: addressLines(owner.postalAddress ?? owner.physicalAddress),
        contact: textOf(related.row('lims.contact', requests[0]?.contact)?.fullname),
      },
      samples: requests.map((row) =>
        describeSample(
          reading,
          row,
          materials.get(Number(row.sample)),
          reported.filter((each) => each.request === row.id),
        ),
      ),
      signers: await findSigners(ctx, reported),
    },
  }
}

async function requireRequests(ctx: Context, ids: readonly number[]): Promise<readonly AnyRow[]> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) throw invalidInput('samples', 'Choose at least one sample.')
  if (wanted.length > MOST_SAMPLES)
    throw invalidInput('samples', `One certificate reports at most ${MOST_SAMPLES} samples.`)
  const found = new Map((await findRecords(ctx, request, wanted)).map((row) => [row.id, row]))
  const rows = wanted.map((id) => {
    const row = found.get(id)
    if (!row) throw new RefusedError({ kind: 'not-found', what: 'sample', id })
    return row
  })
  if (new Set(rows.map((row) => row.client)).size > 1)
    throw new RefusedError({ kind: 'conflict', reason: 'These samples belong to several clients.' })
  return rows
}

const WITHHELD: ReadonlySet<unknown> = new Set(['retracted', 'rejected'])

/** Of an analysis that was repeated the last counts; what is hidden stays out. */
function reportedOf(rows: readonly AnyRow[]): readonly AnyRow[] {
  const living = rows.filter(
    (row) => row.kind === 'routine' && row.cancelled !== true && !WITHHELD.has(row.state),
  )
  const repeated = new Set(living.map((row) => row.retestOf))
  return living.filter((row) => row.hidden !== true && !repeated.has(row.id))
}

type Reading = {
  readonly related: RelatedRows
  readonly judged: ReadonlyMap<number, JudgedAnalysis>
  readonly settings: LimsSettings
  readonly departments: ReadonlyMap<string, string>
  readonly show: ShowOptions
  readonly publicUrl: string
}

function showOptions(settings: LimsSettings, owner: AnyRow, options: CertificateOptions): ShowOptions {
  const own = owner.defaultDecimalMark === false ? owner.decimalMark : settings.decimalMark
  return {
    decimalMark: options.decimalMark ?? (own === ',' ? ',' : '.'),
    notation: (settings.scientificNotationReport ?? '1') as Notation,
  }
}

function describeSample(
  reading: Reading,
  row: AnyRow,
  material: AnyRow | undefined,
  analyses: readonly AnyRow[],
): CertificateSample {
  const { related } = reading
  const titleOf = (record: string, id: unknown) => related.named(record, id)?.name ?? null
  const captured = analyses.flatMap(({ resultCaptureDate: at }) => (at instanceof Date ? [at.getTime()] : []))
  const specification = row.publicationSpecification ?? row.specification
  return {
    requestId: row.id,
    objectId: String(row.objectId),
    sampleType: titleOf('lims.sample-type', material?.sampleType) ?? '',
    samplePoint: titleOf('lims.sample-point', material?.samplePoint),
    clientSampleId: textOf(material?.clientSampleId),
    clientReference: textOf(material?.clientReference),
    orderNumber: textOf(row.clientOrderNumber),
    condition: titleOf('lims.sample-condition', material?.sampleCondition),
    deviation: titleOf('lims.sampling-deviation', material?.samplingDeviation),
    environment: textOf(material?.environmentalConditions),
    sampler: textOf(material?.sampler),
    sampledAt: dateOf(material?.dateSampled) ?? dateOf(material?.samplingDate),
    receivedAt: dateOf(row.dateReceived) ?? dateOf(material?.dateReceived),
    analysedFrom: captured.length === 0 ? null : new Date(Math.min(...captured)),
    analysedTo: captured.length === 0 ? null : new Date(Math.max(...captured)),
    specification: titleOf('lims.specification', specification),
    results: resultsOf(reading, row, analyses),
    interpretations: interpretationsOf(reading, row),
    remarks: textOf(row.remarks),
    address: `${reading.publicUrl}/lims/samples/${row.id}`,
  }
}

function resultsOf(reading: Reading, row: AnyRow, analyses: readonly AnyRow[]): CertificateSample['results'] {
  const { related, judged, settings, show } = reading
  const ranges = related.row('lims.specification', row.publicationSpecification)?.resultsRange as
    | readonly ResultRange[]
    | undefined
  const dry = analyses.find((each) => each.service === settings.dryMatterService)
  const dryMatter = row.reportDryMatter === true ? parseNumber(dry?.result) : undefined
  return analyses.map((each) =>
    certificateResult(each, {
      show,
      verdict: ranges ? judgedBy(ranges, each) : judged.get(each.id),
      method: related.named('lims.method', each.method)?.name ?? null,
      dryMatter: each.id === dry?.id ? undefined : dryMatter,
    }),
  )
}

/** A specification in reports takes the place of the sample's own ranges. */
function judgedBy(ranges: readonly ResultRange[], row: AnyRow): JudgedAnalysis {
  const range = ranges.find(({ keyword }) => keyword === row.keyword)
  return { ...judgeResult(String(row.result ?? ''), range), range }
}

type Departmental = readonly { readonly uid: string; readonly richtext: string }[]

function interpretationsOf({ departments }: Reading, row: AnyRow): CertificateSample['interpretations'] {
  const general = textOf(row.resultsInterpretation)
  const others = (row.resultsInterpretationDepts as Departmental).filter(
    ({ richtext }) => textOf(richtext) !== null,
  )
  return [
    ...(general === null ? [] : [{ department: null, html: general }]),
    ...others.map(({ uid, richtext }) => ({ department: departments.get(uid) ?? null, html: richtext })),
  ]
}

async function findDepartments(
  ctx: Context,
  requests: readonly AnyRow[],
): Promise<ReadonlyMap<string, string>> {
  const uids = [
    ...new Set(
      requests.flatMap((row) => (row.resultsInterpretationDepts as Departmental).map(({ uid }) => uid)),
    ),
  ]
  if (uids.length === 0) return new Map()
  const query = { where: compare('uid', 'in', uids), order: [], limit: uids.length, offset: 0 }
  const { rows } = await listRecords(ctx, department, query, { total: 'none', relations: 'none' })
  return new Map(rows.map((row) => [String(row.uid), String(row.title)]))
}

async function findLaboratory(ctx: Context): Promise<AnyRow | undefined> {
  const query = { where: EVERYTHING, order: [], limit: 1, offset: 0 }
  const { rows } = await listRecords(asSystem(ctx, 'certificate'), laboratory, query, {
    total: 'none',
    relations: 'none',
  })
  return rows[0]
}

async function describeLaboratory(
  ctx: Context,
  row: AnyRow | undefined,
  settings: LimsSettings,
): Promise<CertificateLaboratory> {
  const accredited = row?.laboratoryAccredited === true
  const [logo, mark] = await Promise.all([
    pictureOf(ctx, row?.logo),
    accredited ? pictureOf(ctx, row?.accreditationBodyLogo) : null,
  ])
  const markText = [row?.accreditationBody, row?.accreditation, row?.accreditationReference].flatMap(
    (each) => textOf(each) ?? [],
  )
  return {
    name: textOf(row?.name) ?? 'Laboratory',
    address: [
      ...addressLines(row?.physicalAddress ?? row?.postalAddress),
      ...[row?.phone, row?.emailAddress, row?.labUrl].flatMap((each) => textOf(each) ?? []),
    ],
    logo,
    accredited,
    mark:
      accredited && (mark !== null || markText.length > 0)
        ? { picture: mark, text: markText.join(' ') }
        : null,
    confidence: typeof row?.confidence === 'number' ? row.confidence : null,
    footer: textOf(settings.resultFooter),
  }
}

/** A stored picture by its hash; null where none was chosen. */
export async function pictureOf(ctx: Context, sha256: unknown): Promise<Uint8Array | null> {
  const hash = textOf(sha256)
  return hash === null ? null : ctx.blobs.read(hash, LARGEST_PICTURE)
}

function addressLines(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null) return []
  const parts = given as Readonly<Record<string, unknown>>
  const city = [parts.zip, parts.city].flatMap((each) => textOf(each) ?? []).join(' ')
  return [parts.address, city, parts.district, parts.state, parts.country].flatMap(
    (each) => textOf(each) ?? [],
  )
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function dateOf(value: unknown): Date | null {
  return value instanceof Date ? value : null
}
