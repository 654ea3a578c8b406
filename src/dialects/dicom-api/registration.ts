import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../../modules/access/access.ts'
import { passwordProblems } from '../../modules/access/domain/password-policy.ts'
import { registerDeveloper } from '../../modules/dicom/register-developer.ts'
import { refuseProblems } from '../../platform/http/wire-error.ts'
import { serveEndpoint } from './endpoint.ts'
import { type Fields, parseFields, problemsOfText } from './parse-body.ts'
import { sendJson } from './send-json.ts'

/** `POST /api/auth/register/`: somebody makes an account of their own. */
export function registrationRoute(app: FastifyInstance, access: Access): void {
  serveEndpoint(app, {
    urls: ['/api/auth/register/'],
    name: 'Register',
    access: 'public',
    handlers: { POST: (request, reply) => register(request, reply, access) },
  })
}

const LONGEST_NAME = 50
const LONGEST_EMAIL = 254
const LEAST_PASSWORD = 8
const TAKEN = 'user with this email already exists.'

async function register(request: FastifyRequest, reply: FastifyReply, access: Access): Promise<FastifyReply> {
  const fields = await parseFields(request)
  refuseProblems({
    email: problemsOfEmail(fields.email),
    first_name: problemsOfName(fields.first_name),
    last_name: problemsOfName(fields.last_name),
    password: problemsOfPassword(fields),
  })
  try {
    await registerDeveloper(request.ctx, access, {
      email: textOf(fields.email),
      firstName: textOf(fields.first_name),
      lastName: textOf(fields.last_name),
      password: String(fields.password),
    })
  } catch (error) {
    if (isTaken(error)) refuseProblems({ email: [TAKEN] })
    throw error
  }
  return sendJson(reply, { message: 'User registered successfully!' }, 201)
}

function textOf(value: unknown): string {
  return String(value).trim()
}

/** The address is the only field that must differ from those of others. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof RefusedError)) return false
  if (error.refusal.kind === 'conflict') return true
  return (
    error.refusal.kind === 'invalid-input' &&
    error.refusal.problems.every(({ field }) => field === 'email' || field === 'username')
  )
}

function problemsOfEmail(value: unknown): readonly string[] {
  const problems = problemsOfText(value)
  if (problems.length > 0) return problems
  const email = textOf(value)
  if (email.length > LONGEST_EMAIL) return [`Ensure this field has no more than ${LONGEST_EMAIL} characters.`]
  const isAddress = /^[\w.!#$%&'*+/=?^`{|}~-]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/i.test(email)
  return isAddress ? [] : ['Enter a valid email address.']
}

function problemsOfName(value: unknown): readonly string[] {
  const problems = problemsOfText(value)
  if (problems.length > 0) return problems
  return textOf(value).length > LONGEST_NAME
    ? [`Ensure this field has no more than ${LONGEST_NAME} characters.`]
    : []
}

/** The rules of the documented framework, in its words. */
function problemsOfPassword({ password, email, first_name, last_name }: Fields): readonly string[] {
  const problems = problemsOfText(password)
  if (problems.length > 0) return problems
  if (String(password).length < LEAST_PASSWORD)
    return [`Ensure this field has at least ${LEAST_PASSWORD} characters.`]
  const personal = [email, first_name, last_name].filter((one) => typeof one === 'string')
  return passwordProblems(String(password), personal, { minimumLength: LEAST_PASSWORD }).map(
    (problem) => WORDS[problem],
  )
}

const WORDS: Readonly<Record<ReturnType<typeof passwordProblems>[number], string>> = {
  'too-short': `Ensure this field has at least ${LEAST_PASSWORD} characters.`,
  'too-long': 'Ensure this field has no more than 1000 characters.',
  'all-digits': 'This password is entirely numeric.',
  'too-common': 'This password is too common.',
  'too-similar': 'The password is too similar to the email address.',
}
