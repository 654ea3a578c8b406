import { MAIL_AT_ONCE, type NotificationKind } from '../notifications/domain/notification-kind.ts'

export const REPORT_SENT: NotificationKind = {
  kind: 'reports.sent',
  title: 'A scheduled report',
  module: 'reports',
  defaultChannels: MAIL_AT_ONCE,
}

export const REPORT_FAILED: NotificationKind = {
  kind: 'reports.failed',
  title: 'A scheduled report of mine could not be made',
  module: 'reports',
  defaultChannels: MAIL_AT_ONCE,
}
