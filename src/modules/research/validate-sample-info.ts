import { type Context, requirePermission } from '../../context.ts'
import { calculateInfo } from './calculate-info.ts'
import type { InfoValidation } from './domain/info-problem.ts'
import type { JsonObject } from './domain/json-value.ts'
import { infoValidator } from './domain/validate-info.ts'
import { checkInfo } from './register-sample.ts'
import { getTypeVersion, typeInUse } from './sample-type-schema.ts'

/** What would be wrong with a document, and what follows from it; stores nothing. */
export async function validateSampleInfo(
  ctx: Context,
  of: { readonly sampleTypeId: number } | { readonly typeVersionId: number },
  given: JsonObject,
): Promise<InfoValidation & { readonly info: JsonObject }> {
  requirePermission(ctx, 'research.access')
  const version =
    'typeVersionId' in of
      ? await getTypeVersion(ctx, of.typeVersionId)
      : (await typeInUse(ctx, of.sampleTypeId)).version
  const validator = infoValidator(version.schema)
  const info = calculateInfo(validator.fields, given)
  return { ...(await checkInfo(ctx, validator, info)), info }
}
