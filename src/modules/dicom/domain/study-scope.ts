import { type Actor, hasPermission } from '../../../core/actor.ts'

/** Which studies somebody sees: all, or those they stored themselves and those of their groups. */
export type StudyScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'own'; readonly userId: number; readonly groupIds: readonly number[] }
  | { readonly kind: 'none' }

export const SEES_EVERY_STUDY = 'dicom.study.view-all'

export function studyScope(actor: Actor): StudyScope {
  if (hasPermission(actor, SEES_EVERY_STUDY)) return { kind: 'all' }
  return actor.kind === 'user'
    ? { kind: 'own', userId: actor.id, groupIds: actor.groupIds }
    : { kind: 'none' }
}
