import { RefusedError } from '../../../core/refusal.ts'
import { type CompositeAnswer, evaluateComposites } from '../../../modules/machine-qa/evaluate-composites.ts'
import type { PerformingContext } from '../../../modules/machine-qa/performing/performing-context.ts'
import type { Endpoint, Exchange, Method } from '../endpoint.ts'
import { truthOf } from '../wire/field-values.ts'
import { parseBody } from '../wire/parse-body.ts'
import { isTyped, readTyped } from './typed-session.ts'

/**
 * `POST /api/qa/composite/`: what the calculations of a list give for the values typed so far. Every answer has status
 * 200; what cannot be calculated says so in `errors`.
 */
export function compositeEndpoint(calculations: PerformingContext['calculations']): Endpoint {
  return {
    path: 'qa/composite',
    title: 'Composite Calculation',
    description: 'Calculates the composites of a test list from the values typed so far. Nothing is stored.',
    kind: 'call',
    permission: callPermission,
    following: 'options',
    handlers: {
      post: async (exchange) => ({ body: await calculate(exchange, calculations) }),
    },
  }
}

/** Calculating runs what administrators wrote, for whoever may perform test lists. */
export function callPermission(method: Method): string {
  return method === 'OPTIONS' ? 'machine-qa.access' : 'machine-qa.session.perform'
}

async function calculate(
  { ctx, request }: Exchange,
  calculations: PerformingContext['calculations'],
): Promise<unknown> {
  const { value } = parseBody(request)
  if (!isTyped(value)) return failure('Invalid QC Values')
  const typed = readTyped(value, ctx.zone)
  if ('problem' in typed) return failure(typed.problem)
  const include = truthOf(value.defaults) === true ? 'defaults' : 'composites'
  try {
    return present(await evaluateComposites({ ...ctx, calculations }, typed, include))
  } catch (error) {
    return failure(...textsOf(error))
  }
}

function present({ results, skips }: CompositeAnswer) {
  const shown = [...results].map(([macro, { value, formatted, error, comment }]) => [
    macro,
    { value, formatted, error, user_attached: [], comment },
  ])
  return { success: true, errors: [], results: Object.fromEntries(shown), skips }
}

function failure(...errors: readonly string[]) {
  return { success: false, errors }
}

/** What the verb says is wrong with the input; everything else is for the error handler. */
export function textsOf(error: unknown): string[] {
  if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
  return error.refusal.problems.map(({ problem }) => problem)
}
