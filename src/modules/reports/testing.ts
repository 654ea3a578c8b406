import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import { openBlobStore } from '../../platform/blobs/open-blob-store.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { makeNotificationContext, NOTIFICATION_TEST_MIGRATIONS } from '../notifications/testing.ts'
import { createReports } from './store/migrations/0001-create.ts'

export const REPORT_TEST_MIGRATIONS = [...NOTIFICATION_TEST_MIGRATIONS, createReports]

/** The operator's context with users, notifications and files in a new folder. */
export async function makeReportContext(
  database: DatabaseHandle,
  parts: Partial<Context> = {},
): Promise<Context> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-report-files-'))
  const blobs = await openBlobStore({ kind: 'folder', folder })
  return makeNotificationContext(database, { blobs, ...parts })
}
