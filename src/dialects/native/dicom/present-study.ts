import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { transferSyntaxName } from '../../../modules/dicom/domain/transfer-syntax.ts'
import { findUid } from '../../../modules/dicom/domain/uid-names.ts'
import type { ListedStudy, StudyDetails } from '../../../modules/dicom/find-studies.ts'
import { DELETE_STUDIES, EXPORT_STUDIES, STORE_STUDIES } from '../../../modules/dicom/permissions.ts'
import type { WireSeries, WireStudy, WireStudyDetails } from './studies.schema.ts'

export function presentStudy(study: ListedStudy): WireStudy {
  const { deleted } = study
  return {
    studyUid: study.uid,
    patientName: personName(study.patientName),
    patientId: study.patientId,
    patientBirthDate: dateText(study.patientBirthDate),
    patientSex: study.patientSex,
    studyDate: dateText(study.date),
    studyTime: timeText(study.time),
    accessionNumber: study.accessionNumber,
    description: study.description,
    referringPhysician: personName(study.referringPhysician),
    modalities: study.modalities,
    seriesCount: study.seriesCount,
    instanceCount: study.instanceCount,
    sizeBytes: study.sizeBytes,
    storedAt: study.storedAt.toISOString(),
    storedBy: study.storedBy,
    groups: study.groups.map(({ id, name }) => ({ id, name })),
    deleted: deleted && { at: deleted.at.toISOString(), by: study.deletedBy, reason: deleted.reason },
  }
}

export function presentDetails(ctx: Context, { study, series }: StudyDetails): WireStudyDetails {
  const { actor } = ctx
  return {
    ...presentStudy(study),
    series: series.map(presentSeries),
    may: {
      store: hasPermission(actor, STORE_STUDIES),
      export: hasPermission(actor, EXPORT_STUDIES),
      delete: hasPermission(actor, DELETE_STUDIES),
    },
  }
}

function presentSeries(series: StudyDetails['series'][number]): WireSeries {
  return {
    seriesUid: series.uid,
    modality: series.modality,
    seriesNumber: series.number,
    description: series.description,
    bodyPart: series.bodyPart,
    seriesDate: dateText(series.date),
    manufacturer: series.manufacturer,
    stationName: series.stationName,
    instances: series.instances.map((instance) => ({
      instanceUid: instance.uid,
      sopClassUid: instance.sopClassUid,
      sopClassName: findUid(instance.sopClassUid)?.name ?? instance.sopClassUid,
      instanceNumber: instance.number,
      rows: instance.rows,
      columns: instance.columns,
      frames: instance.frames,
      transferSyntaxUid: instance.transferSyntaxUid,
      transferSyntaxName: transferSyntaxName(instance.transferSyntaxUid),
      sizeBytes: instance.sizeBytes,
      problem: instance.problem,
    })),
  }
}

/** `Yamada^Tarou=山田^太郎` → `Yamada, Tarou (山田 太郎)`; parts of a name are family, given, middle, prefix, suffix. */
export function personName(stored: string | null): string | null {
  if (stored === null) return null
  const [alphabetic = '', ideographic = ''] = stored.split('=')
  const [family = '', ...others] = alphabetic.split('^').map((part) => part.trim())
  const rest = others.filter((part) => part !== '').join(' ')
  const latin = [family, rest].filter((part) => part !== '').join(', ')
  const native = ideographic.split('^').join(' ').trim()
  if (latin === '') return native || null
  return native === '' ? latin : `${latin} (${native})`
}

/** `20240229` → `2024-02-29` */
function dateText(date: string | null): string | null {
  return date && `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
}

/** `101530.5` → `10:15:30.5` */
function timeText(time: string | null): string | null {
  return time && [time.slice(0, 2), time.slice(2, 4), time.slice(4)].filter((part) => part !== '').join(':')
}
