import { definePermissions, definePermissionsOfRecord } from '../access/domain/permission.ts'
import { webhookRecord } from './records/webhook.ts'

/** The permissions of this module. */
export const NOTIFICATION_PERMISSIONS = [
  ...definePermissions('notifications', {
    'webhook.view': 'See webhooks and have own notifications posted to them',
    'delivery.view': 'See which notifications and mails were sent to whom',
    'delivery.resend': 'Send failed notifications and mails again',
  }),
  ...definePermissionsOfRecord('notifications', 'webhook', webhookRecord.label),
]
