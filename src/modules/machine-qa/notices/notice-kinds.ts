import { MAIL_AT_ONCE, type NotificationKind } from '../../notifications/domain/notification-kind.ts'

function kind(name: string, title: string): NotificationKind {
  return { kind: `machine-qa.${name}`, title, module: 'machine-qa', defaultChannels: MAIL_AT_ONCE }
}

/** What machine QA tells people of, as each may choose in the account; who is told is a matter of subscriptions. */
export const SESSION_NOTICE = kind('session-completed', 'QA was completed, or a result is out of tolerance')
export const DUE_NOTICE = kind('due', 'What is due, overdue or coming up')
export const UNREVIEWED_NOTICE = kind('unreviewed', 'Unreviewed QA and faults')
export const SERVICE_NOTICE = kind('service-event', 'Something happened to a service event')
export const FAULT_NOTICE = kind('fault', 'A fault was reported')
export const STOCK_NOTICE = kind('low-stock', 'A part is low in stock')

export const MACHINE_QA_NOTICES: readonly NotificationKind[] = [
  SESSION_NOTICE,
  DUE_NOTICE,
  UNREVIEWED_NOTICE,
  SERVICE_NOTICE,
  FAULT_NOTICE,
  STOCK_NOTICE,
]
