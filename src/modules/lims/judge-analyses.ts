import type { Context } from '../../context.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { findRecords } from '../records/list-records.ts'
import { judgeDuplicate, judgeReference, referenceRange } from './domain/judge-control.ts'
import { judgeResult, type RangeVerdict } from './domain/judge-result.ts'
import type { ReferenceResult } from './domain/reference-result.ts'
import type { ResultRange } from './domain/result-range.ts'
import type { ServiceSnapshot } from './domain/service-snapshot.ts'
import { analysis } from './records/analysis.ts'
import { referenceSample } from './records/reference-sample.ts'
import { request } from './records/request.ts'
import { service } from './records/service.ts'

export type JudgedAnalysis = RangeVerdict & { readonly range: ResultRange | undefined }

const FINE: RangeVerdict = { outOfRange: false, acceptable: true }

/** What each analysis is held against, and whether it is within: by its request, its reference sample, its original. */
export async function judgeAnalyses(
  ctx: Context,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, JudgedAnalysis>> {
  const ids = (field: string) => [
    ...new Set(rows.flatMap((row) => (typeof row[field] === 'number' ? [Number(row[field])] : []))),
  ]
  const [requests, materials, originals, services] = await Promise.all([
    findRecords(ctx, request, ids('request')),
    findRecords(ctx, referenceSample, ids('referenceSample')),
    findRecords(ctx, analysis, ids('original')),
    findRecords(ctx, service, ids('service')),
  ])
  const lookUp = {
    requests: byId(requests),
    materials: byId(materials),
    originals: byId(originals),
    services: byId(services),
  }
  return new Map(rows.map((row) => [row.id, judgeOne(row, lookUp)]))
}

type LookUp = Readonly<
  Record<'requests' | 'materials' | 'originals' | 'services', ReadonlyMap<number, AnyRow>>
>

function byId(rows: readonly AnyRow[]): ReadonlyMap<number, AnyRow> {
  return new Map(rows.map((row) => [row.id, row]))
}

function judgeOne(row: AnyRow, { requests, materials, originals, services }: LookUp): JudgedAnalysis {
  const result = String(row.result ?? '')
  const keyword = String(row.keyword)
  switch (row.kind) {
    case 'reference': {
      const uid = services.get(Number(row.service))?.uid
      const expected = (
        materials.get(Number(row.referenceSample))?.referenceResults as readonly ReferenceResult[] | undefined
      )?.find((each) => each.uid === uid)
      if (!expected) return { ...FINE, range: undefined }
      return { ...judgeReference(result, expected), range: { keyword, ...referenceRange(expected) } }
    }
    case 'duplicate': {
      const original = String(originals.get(Number(row.original))?.result ?? '')
      return {
        ...judgeDuplicate(result, original, (row.snapshot as ServiceSnapshot).duplicateVariation),
        range: undefined,
      }
    }
    default: {
      const range = (
        requests.get(Number(row.request))?.resultsRange as readonly ResultRange[] | undefined
      )?.find((each) => each.keyword === keyword)
      const counts = row.state !== 'retracted' && row.state !== 'rejected'
      return { ...(counts ? judgeResult(result, range) : FINE), range }
    }
  }
}
