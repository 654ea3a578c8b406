import type { ServiceSnapshot } from '../../../modules/lims/domain/service-snapshot.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { idsIn } from './load-related.ts'
import type { Presenting, WireObject } from './presenting.ts'

/** Fields that follow from others (marked ƒ in specification 2.2). */
export function computedKeys(presenting: Presenting, row: AnyRow): WireObject {
  switch (presenting.wire.type.type) {
    case 'AnalysisRequest':
      return requestKeys(presenting, row)
    case 'Sample':
      return {
        SampleID: row.objectId,
        ClientUID: uidOf(presenting, 'lims.client', row.client),
        SampleTypeUID: uidOf(presenting, 'lims.sample-type', row.sampleType),
        SampleTypeTitle: titleOf(presenting, 'lims.sample-type', row.sampleType),
        SamplePointUID: uidOf(presenting, 'lims.sample-point', row.samplePoint),
        SamplePointTitle: titleOf(presenting, 'lims.sample-point', row.samplePoint),
      }
    case 'Analysis':
    case 'DuplicateAnalysis':
    case 'ReferenceAnalysis':
    case 'RejectAnalysis':
      return analysisKeys(presenting, row)
    case 'Batch':
      return { BatchID: row.objectId, Title: row.title }
    case 'AnalysisService':
      return priceKeys(row)
    case 'Client':
    case 'Supplier':
    case 'Laboratory':
      return { title: row.name }
    case 'Department':
      return managerKeys(presenting, row)
    case 'LabContact':
      return { DepartmentTitle: titleOf(presenting, 'lims.department', row.department) }
    case 'Worksheet':
      return { WorksheetTemplateTitle: titleOf(presenting, 'lims.worksheet-template', row.template) }
    default:
      return {}
  }
}

function uidOf({ related }: Presenting, target: string, id: unknown): unknown {
  return related.get(target)?.get(Number(id))?.uid ?? ''
}

function titleOf({ related, wire }: Presenting, target: string, id: unknown): unknown {
  return related.get(target)?.get(Number(id))?.[wire.recordNamed(target).titleField] ?? ''
}

function requestKeys(presenting: Presenting, row: AnyRow): WireObject {
  const material = presenting.samples.get(Number(row.sample))
  const profiles = idsIn(row.profiles)
  return {
    RequestID: row.objectId,
    SampleID: material?.objectId ?? '',
    SampleUID: material?.uid ?? '',
    SampleTypeTitle: titleOf(presenting, 'lims.sample-type', material?.sampleType),
    SamplePointTitle: titleOf(presenting, 'lims.sample-point', material?.samplePoint),
    ClientUID: uidOf(presenting, 'lims.client', row.client),
    ContactUID: uidOf(presenting, 'lims.contact', row.contact),
    ProfilesUID: profiles.map((id) => uidOf(presenting, 'lims.profile', id)),
    Profile: profiles.length === 0 ? null : uidOf(presenting, 'lims.profile', profiles[0]),
    Invoiced: false,
  }
}

const MINUTE_MS = 60_000

function analysisKeys(presenting: Presenting, row: AnyRow): WireObject {
  const snapshot = row.snapshot as ServiceSnapshot
  const published = row.datePublished instanceof Date ? row.datePublished : undefined
  const due = row.dueDate instanceof Date ? row.dueDate : undefined
  const duration =
    published && row.createdAt instanceof Date
      ? Math.floor((published.getTime() - row.createdAt.getTime()) / MINUTE_MS)
      : 0
  return {
    Keyword: row.keyword,
    ServiceTitle: row.title,
    ServiceUID: uidOf(presenting, 'lims.service', row.service),
    CategoryTitle: snapshot.categoryTitle,
    Unit: snapshot.unit ?? '',
    Verificators: listOf(row.verificators).join(','),
    ResultDM: '',
    Duration: duration,
    Earliness: published && due ? Math.floor((published.getTime() - due.getTime()) / MINUTE_MS) : 0,
    MaxTimeAllowed:
      snapshot.maxTimeAllowedS === null
        ? null
        : {
            days: Math.floor(snapshot.maxTimeAllowedS / 86_400),
            hours: Math.floor((snapshot.maxTimeAllowedS % 86_400) / 3600),
            minutes: Math.floor((snapshot.maxTimeAllowedS % 3600) / 60),
          },
    InstrumentValid: true,
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function priceKeys({ price, vat }: AnyRow): WireObject {
  const amount = (Number(price) * Number(vat)) / 100
  return { VATAmount: amount.toFixed(2), TotalPrice: (Number(price) + amount).toFixed(2) }
}

function managerKeys({ related }: Presenting, row: AnyRow): WireObject {
  const manager = related.get('lims.lab-contact')?.get(Number(row.manager))
  return {
    ManagerName: manager?.fullname ?? '',
    ManagerPhone: manager?.businessPhone ?? '',
    ManagerEmail: manager?.emailAddress ?? '',
  }
}
