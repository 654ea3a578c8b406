import type { RecordHooks } from '../../context.ts'
import { groupHook } from './group-hook.ts'
import { groupRecord } from './records/group.ts'
import { userRecord } from './records/user.ts'
import { userHook } from './user-hook.ts'

/** What this module adds to the generic verbs of its records. */
export const ACCESS_HOOKS: RecordHooks = new Map([
  [userRecord.name, userHook],
  [groupRecord.name, groupHook],
])
