import type { LimsSettings } from './lims-settings.ts'
import type { NewLiving } from './living.ts'
import { newUid } from './object-hook.ts'
import type { OfferedService } from './registering/load-services.ts'

/** Where a new analysis belongs. */
export type AnalysisPlace = {
  readonly requestId: number
  readonly requestPath: string
  readonly partitionId: number | null
  readonly state: string
  readonly dueDate: Date | null
  readonly bulkPrice: boolean
  readonly reportDryMatter: boolean
  readonly hidden: ReadonlySet<string>
}

/** A new analysis of a service, with the snapshot that it keeps. */
export function newAnalysis(
  { row, snapshot, interims, calculationId, methodId, categoryId }: OfferedService,
  place: AnalysisPlace,
  settings: LimsSettings,
): NewLiving {
  const own = row.selfVerification
  const needed = Number(row.numberOfRequiredVerifications)
  return {
    uid: newUid(),
    objectId: snapshot.keyword,
    path: `${place.requestPath}/${snapshot.keyword}`,
    title: snapshot.title,
    kind: 'routine',
    keyword: snapshot.keyword,
    service: row.id,
    snapshot,
    request: place.requestId,
    partition: place.partitionId,
    calculation: calculationId,
    method: methodId,
    category: categoryId,
    pointOfCapture: row.pointOfCapture,
    interims,
    reportDryMatter: place.reportDryMatter && row.reportDryMatter === true,
    hidden: place.hidden.has(String(row.uid)) || row.hidden === true,
    dueDate: place.dueDate,
    requiredVerifications: needed < 1 ? settings.numberOfRequiredVerifications : needed,
    mayVerifyOwn: own === '-1' ? settings.selfVerificationEnabled : own === '1',
    price: place.bulkPrice ? row.bulkPrice : row.price,
    vat: row.vat,
    state: place.state,
  }
}
