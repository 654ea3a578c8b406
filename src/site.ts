import { join } from 'node:path'
import { type Config, ConfigError } from './config.ts'
import { asSystem, type Context, type RecordHooks } from './context.ts'
import { ANONYMOUS } from './core/actor.ts'
import type { RecordType } from './core/record.ts'
import { DECLARED_ACCESS } from './declared-access.ts'
import { type Access, openAccess, type SendMail } from './modules/access/access.ts'
import { ACCESS_HOOKS } from './modules/access/hooks.ts'
import { ACCESS_RECORDS } from './modules/access/records.ts'
import { createAccess } from './modules/access/store/migrations/0001-access.ts'
import { syncPermissions } from './modules/access/sync-permissions.ts'
import { parseAddressList } from './modules/access/trusted-addresses.ts'
import { createAudit } from './modules/audit/store/migrations/0001-create.ts'
import { createAuditFollowers } from './modules/audit/store/migrations/0002-followers.ts'
import { backupBeforeMigration } from './modules/backup/backup-before-migration.ts'
import { type CalculationEngine, createCalculationEngine } from './modules/calculations/engine.ts'
import { developerRecord } from './modules/dicom/records/developer.ts'
import { createDicom } from './modules/dicom/store/migrations/0001-create.ts'
import { createImageStore } from './modules/dicom/store/migrations/0002-image-store.ts'
import { equipment } from './modules/equipment/records/equipment.ts'
import { site as siteRecord } from './modules/equipment/records/site.ts'
import { createEquipment } from './modules/equipment/store/migrations/0001-create.ts'
import { createJobs } from './modules/jobs/store/migrations/0001-create.ts'
import { CERTIFICATE_DOCUMENT } from './modules/lims/certificates/certificate-kind.ts'
import { limsHooks } from './modules/lims/hooks.ts'
import { limsRecords } from './modules/lims/records/all.ts'
import { createLims } from './modules/lims/store/migrations/0001-create.ts'
import { addCertificates } from './modules/lims/store/migrations/0002-certificates.ts'
import { machineQaHooks } from './modules/machine-qa/configuration/hooks.ts'
import { NOTICE_HOOKS } from './modules/machine-qa/notices/notice-hooks.ts'
import { MACHINE_QA_NOTICES } from './modules/machine-qa/notices/notice-kinds.ts'
import { machineQaRecords } from './modules/machine-qa/records/all.ts'
import { recipients as recipientsRecord } from './modules/machine-qa/records/recipients.ts'
import { subscription as subscriptionRecord } from './modules/machine-qa/records/subscription.ts'
import { MACHINE_QA_REPORTS } from './modules/machine-qa/reports/report-kinds.ts'
import { shipDefaults } from './modules/machine-qa/ship-defaults.ts'
import { createMachineQa } from './modules/machine-qa/store/migrations/0001-create.ts'
import { createServiceLog } from './modules/machine-qa/store/migrations/0002-service-log.ts'
import { addProgramIndex } from './modules/machine-qa/store/migrations/0003-charts.ts'
import { createNotices } from './modules/machine-qa/store/migrations/0004-notices.ts'
import type { NotificationKind } from './modules/notifications/domain/notification-kind.ts'
import { parseSender } from './modules/notifications/domain/sender.ts'
import { type Notifications, openNotifications } from './modules/notifications/notifications.ts'
import { mailQueue } from './modules/notifications/queue-mail.ts'
import { deliveryRecord } from './modules/notifications/records/delivery.ts'
import { webhookRecord } from './modules/notifications/records/webhook.ts'
import { JOB_FAILED } from './modules/notifications/report-failed-jobs.ts'
import { createNotifications } from './modules/notifications/store/migrations/0001-create.ts'
import { webhookHook } from './modules/notifications/webhook-hook.ts'
import { createQuality } from './modules/quality/store/migrations/0001-create.ts'
import { slugHook } from './modules/records/derive-slug.ts'
import { collectDocumentKinds, type DocumentKind } from './modules/reports/document-kind.ts'
import { reportDocumentKind } from './modules/reports/report-issue.ts'
import { collectReportKinds, type ReportKind } from './modules/reports/report-kind.ts'
import { REPORT_FAILED, REPORT_SENT } from './modules/reports/report-notices.ts'
import type { Reports } from './modules/reports/reports.ts'
import { SESSION_DOCUMENT } from './modules/reports/session-document-kind.ts'
import { createReports } from './modules/reports/store/migrations/0001-create.ts'
import { researchHooks } from './modules/research/hooks.ts'
import { researchRecords } from './modules/research/records/all.ts'
import { shipSampleTypes } from './modules/research/ship-types.ts'
import { createResearch } from './modules/research/store/migrations/0001-create.ts'
import { holidayRecord } from './modules/site/records/holiday.ts'
import { workdayRecord } from './modules/site/records/workday.ts'
import { settleZone } from './modules/site/settle-zone.ts'
import { createSite } from './modules/site/store/migrations/0001-create.ts'
import { createSiteCalendar } from './modules/site/store/migrations/0002-calendar.ts'
import { workdayHook } from './modules/site/workday-hook.ts'
import { savedViewRecord } from './modules/workspace/records/saved-view.ts'
import { createWorkspace } from './modules/workspace/store/migrations/0001-create.ts'
import type { BlobStore } from './platform/blobs/blob-store.ts'
import { openBlobStore } from './platform/blobs/open-blob-store.ts'
import { createInstanceKeys, type InstanceKeys } from './platform/crypto/instance-keys.ts'
import { loadInstanceSecret, parseInstanceSecret } from './platform/crypto/instance-secret.ts'
import { createPasswordHashing, OWASP_COST } from './platform/crypto/password-hash.ts'
import type { DatabaseHandle } from './platform/database/database.ts'
import { migrate } from './platform/database/migrate.ts'
import { type DatabaseConfig, openDatabase } from './platform/database/open-database.ts'
import type { Migration } from './platform/database/schema-builder.ts'
import { openMailer } from './platform/mail/open-mailer.ts'
import { parseOutgoingRules } from './platform/outgoing/outgoing-rules.ts'
import { openDocumentBuilder } from './platform/pdf/document-builder.ts'
import { createCatalogue } from './platform/records/catalogue.ts'

/** Every migration, in the order in which they run; never reordered once released. */
export const MIGRATIONS: readonly Migration[] = [
  createSite,
  createAudit,
  createAccess,
  createJobs,
  createEquipment,
  createMachineQa,
  createWorkspace,
  createNotifications,
  createDicom,
  createResearch,
  createServiceLog,
  createLims,
  addProgramIndex,
  createReports,
  createSiteCalendar,
  createImageStore,
  createQuality,
  createAuditFollowers,
  createNotices,
  addCertificates,
]

/** Every declared record; the reference pages are made from them. */
export const RECORDS: readonly RecordType[] = [
  ...ACCESS_RECORDS,
  siteRecord,
  equipment,
  savedViewRecord,
  webhookRecord,
  deliveryRecord,
  ...machineQaRecords,
  developerRecord,
  ...researchRecords,
  ...limsRecords,
  workdayRecord,
  holidayRecord,
  recipientsRecord,
  subscriptionRecord,
]

/** Everything that people may want to be told. */
const NOTIFICATION_KINDS: readonly NotificationKind[] = [
  JOB_FAILED,
  REPORT_SENT,
  REPORT_FAILED,
  ...MACHINE_QA_NOTICES,
]

/** Every report that the parts declare. */
const REPORT_KINDS: readonly ReportKind[] = MACHINE_QA_REPORTS

/** Everything that parts give out under a number, besides reports. */
const DOCUMENT_KINDS: readonly DocumentKind[] = [SESSION_DOCUMENT, CERTIFICATE_DOCUMENT]

function recordHooks(
  calculations: CalculationEngine,
  keys: InstanceKeys,
  { maxTestsPerList }: Config,
): RecordHooks {
  return new Map([
    ...ACCESS_HOOKS,
    [webhookRecord.name, webhookHook(keys)],
    [siteRecord.name, slugHook(50)],
    [workdayRecord.name, workdayHook],
    ...machineQaHooks(calculations, { mostTests: maxTestsPerList }),
    ...NOTICE_HOOKS,
    ...limsHooks(calculations),
    ...researchHooks,
  ])
}

/** A site's data and what works on it, without HTTP: what the server and the commands share. */
export type Site = {
  readonly config: Config
  /** a context without an actor */
  readonly base: Context
  readonly access: Access
  readonly notifications: Notifications
  readonly calculations: CalculationEngine
  readonly reports: Reports
  /** the copy that was made because the database had to be brought up to date */
  readonly backup: string | undefined
  close(): Promise<void>
}

const DAY_MS = 86_400_000
const SESSION = { totalMs: 14 * DAY_MS, idleMs: DAY_MS }

/** Opens the data of a site, bringing the database up to date first. */
export async function openSite(
  config: Config,
  options: { readonly sendMail?: SendMail } = {},
): Promise<Site> {
  const database = await openDatabase(databaseConfig(config))
  const now = () => new Date()
  const backup = await backupBeforeMigration(database, MIGRATIONS, join(config.data, 'backups'), now())
  await migrate(database, MIGRATIONS)
  const zone = await settleZone(
    database.db,
    config.timezone,
    Intl.DateTimeFormat().resolvedOptions().timeZone,
    now(),
  )
  const [blobs, keys] = await Promise.all([openBlobs(config), openKeys(config)])
  const calculations = createCalculationEngine({
    timeZone: zone,
    packagesFolder: config.pythonPackages || null,
    processes: config.calculationProcesses,
    timeoutMs: config.calculationTimeoutS * 1000,
    memoryBytes: config.calculationMemoryMib * 2 ** 20,
  })
  const base = baseContext(database, blobs, zone, now, recordHooks(calculations, keys, config))
  await syncPermissions(asSystem(base, 'start'), DECLARED_ACCESS)
  await shipDefaults(asSystem(base, 'start'))
  await shipSampleTypes(asSystem(base, 'start'))
  const notifications = notificationsOf(config, keys)
  const builder = openDocumentBuilder()
  const kinds = collectReportKinds(REPORT_KINDS)
  const access = openAccess({
    settings: {
      publicUrl: publicUrlOf(config),
      session: SESSION,
      loginLimits: { perAccount: 10, perAddress: 30 },
      trustedAddresses: parseAddressList(config.trustedAddresses),
      passwordPolicy: { minimumLength: 10 },
    },
    keys,
    passwords: createPasswordHashing(OWASP_COST),
    sendMail: options.sendMail ?? mailQueue(base, notifications),
  })
  return {
    config,
    base,
    access,
    notifications,
    calculations,
    reports: {
      kinds,
      documentKinds: collectDocumentKinds([...DOCUMENT_KINDS, reportDocumentKind(kinds, config.siteName)]),
      builder,
      siteName: config.siteName,
    },
    backup,
    close: async () => {
      notifications.mailer.close()
      await calculations.close()
      await builder.close()
      await blobs.close()
      await database.close()
    },
  }
}

/** Where links in mails lead; without a setting only this machine can follow them. */
function publicUrlOf({ publicUrl, port }: Config): string {
  return publicUrl || `http://localhost:${port}`
}

const MAIL_TIMEOUT_MS = 15_000

function notificationsOf(config: Config, keys: InstanceKeys): Notifications {
  const from = parseSender(config.mailFrom)
  if (!from) throw new ConfigError(['TOUCHSTONE_MAIL_FROM must be like Touchstone <qa@example.org>'])
  const { rules, wrong } = parseOutgoingRules(config.allowedHosts)
  if (wrong.length > 0)
    throw new ConfigError([`TOUCHSTONE_ALLOWED_HOSTS names no hosts or networks: ${wrong.join(', ')}`])
  const mailer =
    config.smtpUrl === ''
      ? openMailer({ kind: 'folder', from, folder: join(config.data, 'mail') })
      : openMailer({ kind: 'smtp', from, url: config.smtpUrl, timeoutMs: MAIL_TIMEOUT_MS })
  return openNotifications({
    kinds: NOTIFICATION_KINDS,
    keys,
    mailer,
    outgoing: rules,
    publicUrl: publicUrlOf(config),
  })
}

function baseContext(
  database: DatabaseHandle,
  blobs: BlobStore,
  zone: string,
  now: () => Date,
  hooks: RecordHooks,
): Context {
  return {
    database,
    db: database.db,
    inTransaction: false,
    catalogue: createCatalogue(RECORDS),
    recordHooks: hooks,
    blobs,
    actor: ANONYMOUS,
    origin: { requestId: 'none', credential: 'none' },
    zone,
    now,
  }
}

/** The database that the settings name. */
export function databaseConfig(config: Config): DatabaseConfig {
  return config.databaseUrl === ''
    ? { kind: 'sqlite', file: join(config.data, 'touchstone.db'), readers: config.readers }
    : { kind: 'postgres', url: config.databaseUrl, poolSize: config.databasePool }
}

/** The store of files that the settings name. */
export function openBlobs(config: Config): Promise<BlobStore> {
  if (config.s3Bucket === '') return openBlobStore({ kind: 'folder', folder: join(config.data, 'files') })
  return openBlobStore({
    kind: 's3',
    bucket: config.s3Bucket,
    region: config.s3Region,
    accessKeyId: config.s3AccessKey,
    secretAccessKey: config.s3SecretKey,
    spoolFolder: join(config.data, 'spool'),
    ...(config.s3Endpoint === '' ? {} : { endpoint: config.s3Endpoint }),
  })
}

async function openKeys(config: Config) {
  const secret =
    config.instanceSecret === ''
      ? await loadInstanceSecret(config.data)
      : parseInstanceSecret(config.instanceSecret)
  return createInstanceKeys(secret)
}
