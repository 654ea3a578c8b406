import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { invalidInput, type Refusal, RefusedError } from '../../core/refusal.ts'
import { WireError } from '../../platform/http/wire-error.ts'
import { refuse } from './errors.ts'

async function answerTo(error: unknown) {
  const app = Fastify()
  app.get('/', (request, reply) => refuse(request, reply, { kind: 'error', error }))
  const answer = await app.inject('/')
  await app.close()
  return { status: answer.statusCode, body: answer.body, headers: answer.headers }
}

const refused = (refusal: Refusal) => new RefusedError(refusal)

describe('refuse', () => {
  it.each<readonly [what: string, error: unknown, status: number, body: string]>([
    [
      'a site without a default status: a bare list',
      refused({ kind: 'conflict', reason: 'No test instance status available' }),
      400,
      '["No test instance status available"]',
    ],
    [
      'a user key that two took at once',
      refused({
        kind: 'conflict',
        field: 'user_key',
        reason: 'test list instance with this user key already exists.',
      }),
      400,
      '{"user_key":["test list instance with this user key already exists."]}',
    ],
    [
      'a name that two took at once, in the words of the framework',
      refused({ kind: 'conflict', field: 'name', reason: 'Group with this name already exists.' }),
      400,
      '{"name":["group with this name already exists."]}',
    ],
    [
      'a session that somebody else changed meanwhile',
      refused({ kind: 'conflict', reason: 'Session was changed by someone else meanwhile.' }),
      409,
      '{"detail":"Session was changed by someone else meanwhile."}',
    ],
    [
      'several checks in one text',
      invalidInput('non_field_errors', 'a\nb'),
      400,
      '{"non_field_errors":["a\\nb"]}',
    ],
    ['a problem of the whole input', invalidInput('', 'x'), 400, '{"non_field_errors":["x"]}'],
    [
      'problems of one field, each as a text',
      refused({
        kind: 'invalid-input',
        problems: [
          { field: 'a', problem: '1' },
          { field: 'b', problem: '2' },
          { field: 'a', problem: '3' },
        ],
      }),
      400,
      '{"a":["1","3"],"b":["2"]}',
    ],
    [
      'too many attempts',
      refused({ kind: 'too-many-attempts', retryAfterS: 9 }),
      429,
      '{"detail":"Request was throttled. Expected available in 9 seconds."}',
    ],
    [
      'what the wire itself refuses',
      new WireError(404, { detail: 'Not found.' }),
      404,
      '{"detail":"Not found."}',
    ],
    [
      'a defect, without saying which',
      new Error('the password is 5'),
      500,
      '{"detail":"Internal server error."}',
    ],
  ])('answers %s', async (_what, error, status, body) => {
    expect(await answerTo(error)).toMatchObject({ status, body })
  })

  it('says when to come again', async () => {
    const { headers } = await answerTo(refused({ kind: 'too-many-attempts', retryAfterS: 9 }))
    expect(headers['retry-after']).toBe('9')
  })
})
