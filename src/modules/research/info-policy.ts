import type { Context } from '../../context.ts'
import type { RegisterOptions } from './register-sample.ts'
import { typeInUse } from './sample-type-schema.ts'

/** What a sample type says about info that scripts send and that violates its schema. */
export async function findInfoPolicy(
  ctx: Context,
  sampleTypeId: number,
): Promise<RegisterOptions['violations']> {
  const { type } = await typeInUse(ctx, sampleTypeId)
  switch (type.infoPolicy) {
    case 'reject':
      return 'refuse'
    case 'off':
      return 'ignore'
    case 'warn':
      return 'keep'
  }
}
