import type { RecordType } from '../../core/record.ts'
import { groupRecord } from './records/group.ts'
import { permissionRecord } from './records/permission.ts'
import { userRecord } from './records/user.ts'

/** What this module puts into the catalogue of records. */
export const ACCESS_RECORDS: readonly RecordType[] = [userRecord, groupRecord, permissionRecord]
