import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { requireManagingCredential, requireUser } from '../../../modules/access/acting-as.ts'
import { createApiKey } from '../../../modules/access/create-api-key.ts'
import { listApiKeys } from '../../../modules/access/list-api-keys.ts'
import { deleteApiKey, revokeApiKey } from '../../../modules/access/revoke-api-key.ts'
import { findOwnProfile, requireDeveloper, saveOwnProfile } from '../../../modules/dicom/developer-profile.ts'
import { developerRecord } from '../../../modules/dicom/records/developer.ts'
import { type MonthUsage, summariseMonth } from '../../../modules/dicom/summarise-month.ts'
import { optionalInstant, optionalText, requiredText } from '../body-fields.ts'
import { objectBody, parametersOf } from '../records.ts'
import type {
  WireApiKey,
  WireDeveloper,
  WireDeveloperProfile,
  WireNewApiKey,
  WireUsage,
} from './developer.schema.ts'

const BASE = '/api/v1/dicom/developer'
const LONGEST_NAME = 50
const LONGEST_ORGANIZATION = 255

type ByNumber = { Params: { number: string } }

/** `/api/v1/dicom/developer`: profile, API keys and use of whoever calls. */
export function developerRoutes(app: FastifyInstance): void {
  app.get(BASE, async ({ ctx }): Promise<WireDeveloper> => present(await findOwnProfile(ctx)))

  app.put(BASE, async (request): Promise<WireDeveloper> => {
    const body = objectBody(request)
    const purpose = optionalText(body, 'purpose', 40) ?? null
    const organization = optionalText(body, 'organization', LONGEST_ORGANIZATION)?.trim() || null
    return present(await saveOwnProfile(request.ctx, { purpose, organization }))
  })

  app.get(`${BASE}/usage`, async (request): Promise<WireUsage> => {
    await requireDeveloper(request.ctx)
    return presentUsage(await summariseMonth(request.ctx, parametersOf(request).get('month') ?? undefined))
  })

  app.get(`${BASE}/keys`, async (request): Promise<{ readonly items: readonly WireApiKey[] }> => {
    const keys = await listApiKeys(request.ctx, await requireKeyManager(request))
    return {
      items: keys.map(({ number, name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
        ...{ number, name, prefix },
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt?.toISOString() ?? null,
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        revokedAt: revokedAt?.toISOString() ?? null,
      })),
    }
  })

  app.post(`${BASE}/keys`, async (request, reply) => {
    const userId = await requireKeyManager(request)
    const body = objectBody(request)
    const name = requiredText(body, 'name', LONGEST_NAME).trim()
    const made = await createApiKey(request.ctx, {
      userId,
      name,
      expiresAt: optionalInstant(body, 'expiresAt'),
    })
    const { number, prefix, key, createdAt, expiresAt } = made
    const answer: WireNewApiKey = {
      ...{ number, name, prefix, key },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    }
    return reply.code(201).send(answer)
  })

  app.post<ByNumber>(`${BASE}/keys/:number/revoke`, async (request, reply) => {
    await revokeApiKey(request.ctx, await requireKeyManager(request), { number: numberOf(request) })
    return reply.code(204).send()
  })

  app.delete<ByNumber>(`${BASE}/keys/:number`, async (request, reply) => {
    await deleteApiKey(request.ctx, await requireKeyManager(request), { number: numberOf(request) })
    return reply.code(204).send()
  })
}

/** A leaked key must not make, show or delete others. */
async function requireKeyManager({ ctx }: Pick<FastifyRequest, 'ctx'>): Promise<number> {
  requireManagingCredential(ctx)
  await requireDeveloper(ctx)
  return requireUser(ctx).id
}

function numberOf({ params }: FastifyRequest<ByNumber>): number {
  if (!/^[1-9]\d{0,6}$/.test(params.number)) throw invalidInput('number', 'This must be the number of a key.')
  return Number(params.number)
}

function present(profile: WireDeveloperProfile | undefined): WireDeveloper {
  return { profile: profile ?? null, purposes: developerRecord.fields.purpose.choices ?? [] }
}

function presentUsage({ resetsAt, ...usage }: MonthUsage): WireUsage {
  return { ...usage, resetsAt: resetsAt.toISOString() }
}
