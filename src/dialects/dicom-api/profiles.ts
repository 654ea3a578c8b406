import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { findOwnProfile, requireDeveloper, saveOwnProfile } from '../../modules/dicom/developer-profile.ts'
import { summariseActivity } from '../../modules/dicom/meter-use.ts'
import { detail, refuseProblems, WireError } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { type Fields, parseFields, problemsOfOptionalText } from './parse-body.ts'
import { sendJson } from './send-json.ts'

/** `/api/developer/profiles/`: the developer profile of the caller, and what was used. */
export function profileRoutes(app: FastifyInstance, access: Access): void {
  serveEndpoint(app, {
    urls: ['/api/developer/profiles/'],
    name: 'Developer Profile',
    access,
    handlers: { GET: showProfile, POST: saveProfile },
  })
  serveEndpoint(app, {
    urls: ['/api/developer/profiles/activity-summary/'],
    name: 'Activity Summary',
    access,
    handlers: { GET: showActivity },
  })
}

async function showProfile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const profile = await findOwnProfile(request.ctx)
  if (!profile) throw new WireError(404, detail('Developer profile does not exist.'))
  return sendJson(reply, profile)
}

async function saveProfile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const fields = await parseFields(request)
  const { purpose, organization } = fields
  refuseProblems({ purpose: problemsOfChoice(purpose), organization: problemsOfOptionalText(organization) })
  const given = { ...textOf(fields, 'purpose'), ...textOf(fields, 'organization') }
  return sendJson(reply, await saveOwnProfile(request.ctx, given), 201)
}

/** Texts that are no purpose are found by the verb. */
function problemsOfChoice(value: unknown): readonly string[] {
  const isText = value === undefined || value === null || typeof value === 'string'
  return isText ? problemsOfOptionalText(value) : [`"${String(value)}" is not a valid choice.`]
}

function textOf<K extends string>(fields: Fields, name: K): Partial<Record<K, string | null>> {
  const value = fields[name]
  if (value === undefined) return {}
  const given: Partial<Record<string, string | null>> = {
    [name]: value === null ? null : String(value).trim(),
  }
  return given as Partial<Record<K, string | null>>
}

async function showActivity(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  await requireDeveloper(request.ctx)
  const query = request.query as Readonly<Record<string, unknown>>
  const year = numberOf(query.timestamp__year)
  const month = numberOf(query.timestamp__month)
  refuseProblems({ timestamp__year: problemsOfNumber(year), timestamp__month: problemsOfNumber(month) })
  const { days, total } = await summariseActivity(request.ctx, { year, month })
  return sendJson(reply, { daily_activity: days, monthly_total: total })
}

/** The last of several; blank is as if nothing had been given. */
function numberOf(given: unknown): number | undefined {
  const text = String((Array.isArray(given) ? given.at(-1) : given) ?? '').trim()
  if (text === '') return undefined
  return /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

function problemsOfNumber(value: number | undefined): readonly string[] {
  return Number.isNaN(value) ? ['Enter a number.'] : []
}
