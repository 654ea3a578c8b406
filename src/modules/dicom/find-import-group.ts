import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { ROLE_GROUPS } from '../access/domain/role-groups.ts'
import { findGroupNamed, type NamedGroup } from './store/study-changes.ts'

/** Who sees what an operator imports unless told otherwise. */
const USUAL = ROLE_GROUPS.find(({ key }) => key === 'dicom.viewer')?.name ?? ''

/** The group that sees imported studies. @throws RefusedError `invalid-input` if there is none of that name */
export async function findImportGroup(ctx: Context, name: string = USUAL): Promise<NamedGroup> {
  const group = await findGroupNamed(ctx.db, name)
  if (!group) throw invalidInput('group', `There is no group ${name}.`)
  return group
}
