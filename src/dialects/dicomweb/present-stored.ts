import type { JsonAttribute, JsonDataSet } from '../../modules/dicom/domain/json-model.ts'
import { NOT_AS_ITS_CLASS } from './failure-reasons.data.ts'
import type { PartOutcome } from './store-part.ts'

/** All stored 200, nothing 409, anything between 202 (PS3.18 table 10.5.3-1). */
export function statusOf(outcomes: readonly PartOutcome[]): 200 | 202 | 409 {
  const stored = outcomes.filter((outcome) => outcome.kind === 'stored')
  if (stored.length === 0) return 409
  const isClean = stored.length === outcomes.length && stored.every(({ warnings }) => warnings.length === 0)
  return isClean ? 200 : 202
}

/** The Store Instances Response module (PS3.18 annex I). */
export function presentStored(outcomes: readonly PartOutcome[], base: string): JsonDataSet {
  const stored = outcomes.filter((outcome) => outcome.kind === 'stored')
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed')
  const others = outcomes.filter((outcome) => outcome.kind === 'unreadable')
  const studies = new Set(stored.map(({ studyUid }) => studyUid))
  const [study] = studies
  return {
    ...(studies.size === 1 ? { '00081190': { vr: 'UR', Value: [`${base}/studies/${study}`] } } : {}),
    ...sequence(
      '00081198',
      failed.map(({ sopClassUid, instanceUid, code, reason }) => ({
        '00081150': { vr: 'UI', Value: [sopClassUid] },
        '00081155': { vr: 'UI', Value: [instanceUid] },
        '00081197': { vr: 'US', Value: [code] },
        ...comment(reason),
      })),
    ),
    ...sequence(
      '00081199',
      stored.map(({ sopClassUid, instanceUid, studyUid, seriesUid, warnings }) => ({
        '00081150': { vr: 'UI', Value: [sopClassUid] },
        '00081155': { vr: 'UI', Value: [instanceUid] },
        '00081190': {
          vr: 'UR',
          Value: [`${base}/studies/${studyUid}/series/${seriesUid}/instances/${instanceUid}`],
        },
        ...(warnings.length > 0
          ? { '00081196': { vr: 'US' as const, Value: [NOT_AS_ITS_CLASS] }, ...comment(warnings.join(' ')) }
          : {}),
      })),
    ),
    ...sequence(
      '0008119A',
      others.map(({ code, reason }) => ({ '00081197': { vr: 'US', Value: [code] }, ...comment(reason) })),
    ),
  }
}

function sequence(tag: string, items: readonly JsonDataSet[]): JsonDataSet {
  return items.length > 0 ? { [tag]: { vr: 'SQ', Value: items } } : {}
}

/** Error Comment (0000,0902) says in words what the code cannot; at most 64 characters. */
function comment(text: string): Record<string, JsonAttribute> {
  return { '00000902': { vr: 'LO', Value: [text.slice(0, 64)] } }
}
