import type { Context } from '../../context.ts'
import { findStudies } from './find-studies.ts'

/** A study as the global search shows it. */
export type StudyHit = { readonly label: string; readonly hint: string; readonly path: string }

/** Studies that the caller sees with a text in the patient's name or id, or their description; the latest first. */
export async function searchStudies(ctx: Context, text: string, limit: number): Promise<readonly StudyHit[]> {
  const order = { by: 'studyDate', direction: 'desc' } as const
  const { studies } = await findStudies(ctx, { bin: false, text }, { order, limit, offset: 0 })
  return studies.map(({ uid, patientName, patientId, description, modalities }) => ({
    label: plainName(patientName),
    hint: [modalities.join(', '), description, patientId].filter(Boolean).join(' · '),
    path: `/app/dicom/studies/${uid}`,
  }))
}

/** `Doe^Jane` as `Doe, Jane`. */
function plainName(stored: string | null): string {
  const [family = '', ...others] = (stored ?? '').split('=')[0]?.split('^') ?? []
  const rest = others.filter((part) => part.trim() !== '').join(' ')
  return [family, rest].filter((part) => part !== '').join(', ') || 'No name'
}
