import type { FastifyInstance } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import {
  listChoosableWebhooks,
  listNotificationPreferences,
  setNotificationPreference,
} from '../../modules/notifications/notification-preferences.ts'
import type { Notifications } from '../../modules/notifications/notifications.ts'
import { resendDelivery } from '../../modules/notifications/resend-delivery.ts'
import { testMail, testWebhook } from '../../modules/notifications/send-test.ts'
import { type ById, idOf, objectBody } from './records.ts'

const BASE = '/api/v1/notifications'

/** `/api/v1/notifications`: how the acting user is told, and whether the channels work. */
export function notificationRoutes(app: FastifyInstance, access: Access, notifications: Notifications): void {
  app.get(`${BASE}/preferences`, async ({ ctx }) => ({
    items: await listNotificationPreferences(ctx, notifications),
    webhooks: await listChoosableWebhooks(ctx),
  }))

  app.put<{ Params: { kind: string } }>(`${BASE}/preferences/:kind`, async (request) => {
    const { ctx, params } = request
    await setNotificationPreference(ctx, notifications, params.kind, objectBody(request).choices)
    const items = await listNotificationPreferences(ctx, notifications)
    return items.find(({ kind }) => kind === params.kind)
  })

  app.post(`${BASE}/test-mail`, async ({ ctx }) => ({ sentTo: await testMail(ctx, access, notifications) }))

  app.post<ById>(`${BASE}/webhooks/:id/test`, async (request, reply) => {
    await testWebhook(request.ctx, notifications, idOf(request))
    return reply.code(204).send()
  })

  app.post<ById>(`${BASE}/deliveries/:id/resend`, async (request, reply) => {
    await resendDelivery(request.ctx, notifications, idOf(request))
    return reply.code(204).send()
  })
}
